import { type Scope, scopes, scopesIn } from '#domain/access/scopes.js';

/** Who may pass: anyone, the core system or a provider by its secret, or whoever has the scope. */
export type Door = 'public' | 'internal' | 'webhook' | Scope;

export interface Operation {
  /** Such as `GET /health/live`. */
  name: string;
  method: string;
  path: string;
  door: Door;
  /** Whether it takes a body. */
  hasBody: boolean;
}

interface Document {
  paths: Record<
    string,
    Record<string, { security?: Record<string, string[]>[]; requestBody?: object }>
  >;
}

/** Every operation that the API under test says it has. */
export async function readOperations(url: string): Promise<Operation[]> {
  const answer = await fetch(`${url}/api/schema/`);
  const { paths }: Document = JSON.parse(await answer.text());
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, { security, requestBody }]) => ({
      name: `${method.toUpperCase()} ${path}`,
      method: method.toUpperCase(),
      path,
      door: doorOf(security ?? []),
      hasBody: requestBody !== undefined,
    })),
  );
}

function doorOf(security: readonly Record<string, string[]>[]): Door {
  if (security.length === 0) return 'public';
  if (security.some((scheme) => 'internal_secret' in scheme)) return 'internal';
  if (security.some((scheme) => 'webhook_secret' in scheme)) return 'webhook';
  const [scope, ...others] = scopesIn(security.flatMap((scheme) => Object.values(scheme).flat()));
  if (scope === undefined || others.length > 0) throw new Error('an operation needs one scope');
  return scope;
}

/** All scopes that do not open the door. */
export function scopesBut(door: Door): Scope[] {
  return scopes.filter((scope) => scope !== door && scope !== 'admin');
}

/** The path with values in it that name nothing. */
export function pathToNothing({ path }: Operation): string {
  return fill(path, '0190aaaa-0000-7000-8000-00000000ffff');
}

/** The path with this thing as its first parameter, and with the first version or day after it. */
export function fill(path: string, id: string): string {
  const encoded = encodeURIComponent(id);
  return path
    .replace('{version}', '1')
    .replace('{read_on}', '2026-01-01')
    .replace(/\{[^}]+\}/, encoded);
}
