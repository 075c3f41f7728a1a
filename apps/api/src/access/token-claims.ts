import { type Scope, scopesIn } from '#domain/access/scopes.js';

type Claims = Readonly<Record<string, unknown>>;

/**
 * The scopes that a token's claims name, as words of a text (`scope`: "read write") or as a list
 * (`app_metadata.roles`: ["read"]). A token that names none has none.
 */
export function scopesOfClaims(claims: Claims, names: readonly string[]): Scope[] {
  return scopesIn(
    names.flatMap((name) => {
      const value = claimOf(claims, name);
      if (typeof value === 'string') return value.split(/[\s,]+/);
      return Array.isArray(value) ? value : [];
    }),
  );
}

/**
 * The workshop that a token is bound to, by slug or UUID; null for one that acts for all;
 * undefined where the claims cannot be understood.
 */
export function tallerOfClaims(
  claims: Claims,
  names: readonly string[],
  required: boolean,
): string | null | undefined {
  for (const name of names) {
    const value = claimOf(claims, name);
    if (value === undefined || value === null) continue;
    if (value === '*') return null;
    return typeof value === 'string' && value !== '' ? value : undefined;
  }
  return required ? undefined : null;
}

/** A claim by its own name, which may have dots (a URL), or by the path to it. */
function claimOf(claims: Claims, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name];
  let value: unknown = claims;
  for (const part of name.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part))
      return undefined;
    value = Reflect.get(value, part);
  }
  return value;
}
