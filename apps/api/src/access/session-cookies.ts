import type { IncomingMessage } from 'node:http';

/** Who is signed in. */
export const sessionCookie = 'ambacar-session';
/** What a sign-in at the identity provider hangs on, until it comes back from there. */
export const signInCookie = 'ambacar-sign-in';

interface CookieOptions {
  /** Whether the browser speaks HTTPS: then it sends the cookie by nothing else. */
  isSecure: boolean;
  /** 0 takes it away. */
  maxAgeSeconds: number;
  /** `Lax` for what has to come along from another site's link; `Strict` by default. */
  sameSite?: 'Strict' | 'Lax';
}

/**
 * A `Set-Cookie` that no script can read and no other host can set or get: over HTTPS its name has
 * the prefix that browsers hold to that (RFC 6265bis, section 4.1.3.2).
 *
 * @param value base64url with dots, as everything sealed is
 */
export function cookieField(name: string, value: string, options: CookieOptions): string {
  const { isSecure, maxAgeSeconds, sameSite = 'Strict' } = options;
  const secure = isSecure ? '; Secure' : '';
  const field = `${isSecure ? hostOnly(name) : name}=${value}; Path=/; Max-Age=${maxAgeSeconds}`;
  return `${field}; HttpOnly; SameSite=${sameSite}${secure}`;
}

/** The value that a browser shows; over HTTPS only of the cookie that no other host can have set. */
export function cookieOf(
  { headers }: Pick<IncomingMessage, 'headers'>,
  name: string,
  isSecure: boolean,
): string | undefined {
  const shown = (headers.cookie ?? '').split(/; */);
  const shownAs = (wanted: string) =>
    shown.find((pair) => pair.startsWith(`${wanted}=`))?.slice(wanted.length + 1);
  return shownAs(hostOnly(name)) ?? (isSecure ? undefined : shownAs(name));
}

function hostOnly(name: string): string {
  return `__Host-${name}`;
}
