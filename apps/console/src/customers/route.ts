import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../shell/root-route.js';

/** What stands in the address of the list. */
export interface CustomersSearch {
  search?: string;
  /** From 1. */
  page?: number;
}

export const customersRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/clientes',
  validateSearch: ({ search, page }: Record<string, unknown>): CustomersSearch => ({
    search: search === undefined || search === '' ? undefined : String(search),
    page: Number(page) > 1 ? Number(page) : undefined,
  }),
  component: lazyRouteComponent(() => import('./customers-screen.js'), 'CustomersScreen'),
});
