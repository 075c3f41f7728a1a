import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../shell/root-route.js';
import { filtersOf, placeOf } from './search.js';

const templatesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/plantillas',
  validateSearch: filtersOf,
  component: lazyRouteComponent(() => import('./templates-screen.js'), 'TemplatesScreen'),
});

const coverageRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/plantillas/cobertura',
  validateSearch: ({ taller }: { taller?: unknown }) =>
    typeof taller === 'string' ? { taller } : {},
  component: lazyRouteComponent(() => import('./coverage-screen.js'), 'CoverageScreen'),
});

const newTemplateRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/plantillas/nueva',
  validateSearch: placeOf,
  component: lazyRouteComponent(() => import('./new-template-screen.js'), 'NewTemplateScreen'),
});

const templateRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/plantillas/$id',
  component: lazyRouteComponent(() => import('./template-screen.js'), 'TemplateScreen'),
});

export const templateRoutes = [
  templatesRoute,
  coverageRoute,
  newTemplateRoute,
  templateRoute,
] as const;
