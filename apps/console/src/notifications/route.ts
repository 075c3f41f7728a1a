import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../shell/root-route.js';
import { readSearch } from './log-search.js';

export const notificationsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/notificaciones',
  validateSearch: readSearch,
  component: lazyRouteComponent(() => import('./notifications-screen.js'), 'NotificationsScreen'),
});
