import { createRouter } from '@tanstack/react-router';
import { customerRoute } from '../customer/route.js';
import { customersRoute } from '../customers/route.js';
import { inboxRoute } from '../inbox/route.js';
import { matrixRoute } from '../matrix/route.js';
import { notificationRoute } from '../notification/route.js';
import { notificationsRoute } from '../notifications/route.js';
import { panelRoute } from '../panel/route.js';
import { queuesRoute } from '../queues/route.js';
import { resourceItemRoute, resourceRoute, resourcesRoute } from '../resources/route.js';
import { sandboxRoute } from '../sandbox/route.js';
import { settingsRoute } from '../settings/route.js';
import { simulateRoute } from '../simulate/route.js';
import { templateRoutes } from '../templates/route.js';
import { rootRoute } from './root-route.js';

/** Every screen by its address. Each is loaded when somebody goes there, or seems about to. */
export const router = createRouter({
  routeTree: rootRoute.addChildren([
    panelRoute,
    notificationsRoute,
    notificationRoute,
    matrixRoute,
    ...templateRoutes,
    customersRoute,
    customerRoute,
    inboxRoute,
    simulateRoute,
    sandboxRoute,
    queuesRoute,
    settingsRoute,
    resourcesRoute,
    resourceRoute,
    resourceItemRoute,
  ]),
  defaultPreload: 'intent',
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
