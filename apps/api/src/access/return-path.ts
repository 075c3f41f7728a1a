const here = 'https://console.invalid';

/**
 * The place of the console to go back to after a sign-in. Whatever leads, or could be read to
 * lead, to another origin is the console's first page.
 */
export function returnPath(wanted: unknown): string {
  if (typeof wanted !== 'string' || wanted.length > 1000) return '/';
  // Browsers read `//host`, `/\host` and control characters within as another host.
  if (!/^\/(?![/\\])[^\\\p{Cc}]*$/u.test(wanted) || !URL.canParse(wanted, here)) return '/';
  const { origin, pathname, search, hash } = new URL(wanted, here);
  return origin === here && !pathname.startsWith('//') ? pathname + search + hash : '/';
}
