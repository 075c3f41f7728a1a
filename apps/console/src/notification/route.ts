import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../shell/root-route.js';

export const notificationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/notificaciones/$eventId',
  component: lazyRouteComponent(() => import('./notification-screen.js'), 'NotificationScreen'),
});
