import { createRoute } from '@tanstack/react-router';
import { Loading } from '../parts/states.js';
import { rootRoute } from '../shell/root-route.js';
import { PanelScreen } from './panel-screen.js';
import { readPanelSearch } from './period.js';
import { askAhead } from './queries.js';

export const panelRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  validateSearch: readPanelSearch,
  loaderDeps: ({ search: { days = 7 } }) => ({ days }),
  loader: ({ deps: { days } }) => askAhead(days),
  pendingComponent: Loading,
  // Here people come first: loaded with the frame, it is there when the session is known.
  component: PanelScreen,
});
