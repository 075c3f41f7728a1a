/**
 * Whether a JSON text could hold something of what {@link findForbidden} looks for: an escape, a
 * number that may not fit, or a name of an object's inside. Most texts do not, and are not walked.
 */
export function mayHoldForbidden(text: string): boolean {
  return /\\u|proto|constructor|\d[eE]|\d{16}/.test(text);
}

const prototypeKeys = new Set(['__proto__', 'constructor', 'prototype']);
const loneSurrogate = /\p{Surrogate}/u;
const replacement = '\ufffd';

/**
 * The first member of a parsed body that must not go further: a key that would reach into an
 * object's prototype once copied, text that Postgres cannot keep (NUL, half a surrogate pair),
 * and numbers that JSON readers do not keep exactly. Depth is bounded before parsing.
 *
 * @param options.replaced the bytes were not UTF-8, so the replacement character marks the place
 */
export function findForbidden(
  value: unknown,
  options: { replaced: boolean },
  path = '',
): { path: string; why: string } | undefined {
  if (typeof value !== 'object' || value === null) {
    const why = faultOfScalar(value, options.replaced);
    return why === undefined ? undefined : { path, why };
  }
  for (const [key, member] of Object.entries(value)) {
    const name = printable(key);
    const at = path === '' ? name : `${path}.${name}`;
    const why = faultOfKey(key, options.replaced);
    if (why) return { path: at, why };
    const found = findForbidden(member, options, at);
    if (found) return found;
  }
  return undefined;
}

function faultOfKey(key: string, replaced: boolean): string | undefined {
  if (prototypeKeys.has(key)) return 'is a name that is not allowed';
  const why = faultOfText(key, replaced);
  return why && `has a name that ${why}`;
}

function faultOfScalar(value: unknown, replaced: boolean): string | undefined {
  if (typeof value === 'string') return faultOfText(value, replaced);
  if (typeof value !== 'number') return undefined;
  const exact = Number.isInteger(value) ? Number.isSafeInteger(value) : Number.isFinite(value);
  return exact ? undefined : 'is a number too large to be kept; send it as text';
}

function faultOfText(text: string, replaced: boolean): string | undefined {
  if (text.includes('\0')) return 'holds a NUL character';
  if (loneSurrogate.test(text)) return 'holds half a surrogate pair';
  if (replaced && text.includes(replacement)) return 'is not UTF-8';
  return undefined;
}

function printable(key: string): string {
  return key.replace(/[\0\p{Surrogate}]/gu, replacement).slice(0, 100);
}
