import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../shell/root-route.js';

export const sandboxRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/bandeja',
  /** `para`: part of the recipient's address. `mensaje`: the one that is open. */
  validateSearch: ({ para, mensaje }: Record<string, unknown>): SandboxSearch => ({
    ...(typeof para === 'string' && para !== '' && { para }),
    ...(Number.isInteger(mensaje) && { mensaje: Number(mensaje) }),
  }),
  component: lazyRouteComponent(() => import('./sandbox-screen.js'), 'SandboxScreen'),
});

interface SandboxSearch {
  para?: string;
  mensaje?: number;
}
