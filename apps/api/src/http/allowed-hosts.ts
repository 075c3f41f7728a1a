import { isLoopback } from '#infrastructure/config/loopback.js';

/**
 * Whether a request's `Host` is one that this installation answers to. The list is Django's:
 * names, `.example.com` for a domain with all below it, `*` for any.
 *
 * Without a list any host is answered, save where the service listens on loopback: there a page
 * whose name was made to point at this machine could speak to it through the user's browser.
 */
export function hostCheck(
  allowed: readonly string[],
  listensOn: string,
): (host: string | undefined) => boolean {
  const names =
    allowed.length > 0 ? allowed : isLoopback(listensOn) ? ['localhost', '127.0.0.1', '[::1]'] : [];
  if (names.length === 0 || names.includes('*')) return () => true;
  const known = names.map((name) => name.toLowerCase());
  return (host) => {
    const name = (host ?? '').replace(/:\d+$/, '').toLowerCase();
    return known.some((entry) =>
      entry.startsWith('.') ? name === entry.slice(1) || name.endsWith(entry) : name === entry,
    );
  };
}
