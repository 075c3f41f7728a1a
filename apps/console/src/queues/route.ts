import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { DeadLetterView } from '#contracts/client/types.gen.js';
import { rootRoute } from '../shell/root-route.js';

export const queuesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/colas',
  /** The cause whose dead letters are open, and what kind they are of. */
  validateSearch: ({ causa, tipo }: Record<string, unknown>): QueuesSearch =>
    typeof causa === 'string' && isKind(tipo) ? { causa, tipo } : {},
  component: lazyRouteComponent(() => import('./queues-screen.js'), 'QueuesScreen'),
});

interface QueuesSearch {
  causa?: string;
  tipo?: DeadLetterView['kind'];
}

const kinds: Readonly<Record<DeadLetterView['kind'], true>> = {
  notification: true,
  sync: true,
  webhook: true,
  schedule: true,
};

function isKind(text: unknown): text is DeadLetterView['kind'] {
  return typeof text === 'string' && Object.hasOwn(kinds, text);
}
