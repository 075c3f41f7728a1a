import { createRouter } from '@tanstack/react-router';
import { customerRoute } from '../customer/route.js';
import { customersRoute } from '../customers/route.js';
import { panelRoute } from '../panel/route.js';
import { resourceItemRoute, resourceRoute, resourcesRoute } from '../resources/route.js';
import { rootRoute } from './root-route.js';

/** Every screen by its address. Each is loaded when somebody goes there, or seems about to. */
export const router = createRouter({
  routeTree: rootRoute.addChildren([
    panelRoute,
    customersRoute,
    customerRoute,
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
