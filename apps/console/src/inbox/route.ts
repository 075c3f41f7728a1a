import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../shell/root-route.js';

export interface InboxSearch {
  taller?: string;
  phase?: string;
  unread?: boolean;
  page?: number;
}

export const inboxRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/avisos',
  validateSearch: ({ taller, phase, unread, page }: Record<string, unknown>): InboxSearch => ({
    ...(typeof taller === 'string' && { taller }),
    ...(typeof phase === 'string' && { phase }),
    ...(unread === true && { unread }),
    ...(typeof page === 'number' && Number.isInteger(page) && page > 1 && { page }),
  }),
  component: lazyRouteComponent(() => import('./inbox-screen.js'), 'InboxScreen'),
});
