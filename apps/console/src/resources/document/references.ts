import type { Resource } from './resources.js';

/** Resources that have a screen of their own, which says more of one than its members do. */
const ownPages: Record<string, string> = {
  customer: '/clientes/',
  event: '/notificaciones/',
  template: '/plantillas/',
};

/**
 * Where a value leads: `taller_id` names one of the resource whose read operation is `getTaller`.
 * Undefined: nowhere.
 */
export function linkOf(
  resources: readonly Resource[],
  member: string,
  value: unknown,
): string | undefined {
  if (typeof value !== 'string' || value === '' || !member.endsWith('_id')) return undefined;
  const one = member.slice(0, -'_id'.length);
  return pageOf(resources, one, value);
}

/** The page of one thing, named by what one is called: `taller`. */
export function pageOf(
  resources: readonly Resource[],
  one: string,
  id: string,
): string | undefined {
  const own = ownPages[one];
  if (own) return own + encodeURIComponent(id);
  const resource = resources.find((candidate) => candidate.one === one && candidate.read);
  return resource && `/recursos/${resource.key}/${encodeURIComponent(id)}`;
}
