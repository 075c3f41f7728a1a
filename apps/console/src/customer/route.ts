import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../shell/root-route.js';

export const customerRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/clientes/$customerId',
  component: lazyRouteComponent(() => import('./customer-screen.js'), 'CustomerScreen'),
});
