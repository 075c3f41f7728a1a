import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../shell/root-route.js';
import { readPanelSearch } from './period.js';

export const panelRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  validateSearch: readPanelSearch,
  component: lazyRouteComponent(() => import('./panel-screen.js'), 'PanelScreen'),
});
