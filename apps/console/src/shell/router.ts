import { createRouter } from '@tanstack/react-router';
import { inboxRoute } from '../inbox/route.js';
import { panelRoute } from '../panel/route.js';
import { rootRoute } from './root-route.js';

/** Every screen by its address. Each is loaded when somebody goes there, or seems about to. */
export const router = createRouter({
  routeTree: rootRoute.addChildren([panelRoute, inboxRoute]),
  defaultPreload: 'intent',
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
