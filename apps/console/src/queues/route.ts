import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../shell/root-route.js';

export const queuesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/colas',
  /** The cause whose dead letters are open, and what kind they are of. */
  validateSearch: ({ causa, tipo }: Record<string, unknown>): QueuesSearch =>
    typeof causa === 'string' && (tipo === 'notification' || tipo === 'sync')
      ? { causa, tipo }
      : {},
  component: lazyRouteComponent(() => import('./queues-screen.js'), 'QueuesScreen'),
});

interface QueuesSearch {
  causa?: string;
  tipo?: 'notification' | 'sync';
}
