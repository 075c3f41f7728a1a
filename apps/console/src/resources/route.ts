import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../shell/root-route.js';
import { wordsOfAddress } from './words-of-address.js';

export const resourcesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/recursos',
  component: lazyRouteComponent(() => import('./index-screen.js'), 'IndexScreen'),
});

export const resourceRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/recursos/$resource',
  validateSearch: wordsOfAddress,
  component: lazyRouteComponent(() => import('./list-screen.js'), 'ListScreen'),
});

export const resourceItemRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/recursos/$resource/$id',
  component: lazyRouteComponent(() => import('./item-screen.js'), 'ItemScreen'),
});
