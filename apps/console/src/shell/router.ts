import { createRouter } from '@tanstack/react-router';
import { panelRoute } from '../panel/route.js';
import { queuesRoute } from '../queues/route.js';
import { sandboxRoute } from '../sandbox/route.js';
import { settingsRoute } from '../settings/route.js';
import { rootRoute } from './root-route.js';

/** Every screen by its address. Each is loaded when somebody goes there, or seems about to. */
export const router = createRouter({
  routeTree: rootRoute.addChildren([panelRoute, sandboxRoute, queuesRoute, settingsRoute]),
  defaultPreload: 'intent',
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
