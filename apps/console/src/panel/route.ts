import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../shell/root-route.js';
import { readPanelSearch } from './period.js';
import { askAhead } from './queries.js';

export const panelRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  validateSearch: readPanelSearch,
  loaderDeps: ({ search: { days = 7 } }) => ({ days }),
  loader: ({ deps: { days } }) => {
    void askAhead(days);
  },
  component: lazyRouteComponent(() => import('./panel-screen.js'), 'PanelScreen'),
});
