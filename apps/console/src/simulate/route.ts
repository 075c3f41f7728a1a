import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../shell/root-route.js';

interface SimulationAddress {
  /** An event to begin as; its UUID. */
  from?: string;
  /** A customer to begin with, by the core system's id. */
  customer?: string;
}

export const simulateRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/simular',
  validateSearch: ({ from, customer }: Record<string, unknown>): SimulationAddress => ({
    ...(typeof from === 'string' && from && { from }),
    // An id of digits alone is read as a number from the address bar.
    ...((typeof customer === 'string' || typeof customer === 'number') && {
      customer: String(customer),
    }),
  }),
  component: lazyRouteComponent(() => import('./simulate-screen.js'), 'SimulateScreen'),
});
