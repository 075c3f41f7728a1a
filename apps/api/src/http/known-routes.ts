import type { FastifyInstance } from 'fastify';

/**
 * Which methods each path takes, so that a wrong method on a known path is told apart from an
 * unknown path. Fastify itself looks a path up for one method only.
 */
export class KnownRoutes {
  private readonly routes = new Map<string, { pattern: RegExp; methods: Set<string> }>();

  /** Notes every route that is registered from now on. */
  watch(fastify: FastifyInstance): void {
    fastify.addHook('onRoute', ({ url, method }) => {
      for (const name of [method].flat()) this.add(url, name.toUpperCase());
    });
  }

  /** The methods of the route that fits a path best: one that names it goes before a pattern. */
  methodsOf(path: string): string[] {
    const exact = this.routes.get(path.replace(/\/+$/, ''));
    const route = exact ?? [...this.routes.values()].find(({ pattern }) => pattern.test(path));
    return [...(route?.methods ?? [])].sort();
  }

  private add(url: string, method: string): void {
    const key = url.replace(/\/+$/, '');
    const route = this.routes.get(key) ?? { pattern: patternOf(key), methods: new Set<string>() };
    route.methods.add(method);
    this.routes.set(key, route);
  }
}

function patternOf(url: string): RegExp {
  const parts = url.split('/').map((part) => {
    if (part.startsWith(':')) return '[^/]+';
    return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  });
  return new RegExp(`^${parts.join('/')}/?$`);
}
