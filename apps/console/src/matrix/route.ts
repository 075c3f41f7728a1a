import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../shell/root-route.js';
import { readAddress } from './matrix-address.js';

export const matrixRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/matriz',
  validateSearch: readAddress,
  component: lazyRouteComponent(() => import('./matrix-screen.js'), 'MatrixScreen'),
});
