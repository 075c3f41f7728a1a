import type { JWTPayload } from 'jose';
import type { IdentityProvider } from './identity-provider.js';

export const sessionPath = '/api/v1/session/';

/** What a page of the API's own origin sends along. */
export const fromOwnPage = { 'sec-fetch-site': 'same-origin' };

/** Signs in with a key as the console does. */
export function signIn(
  url: string,
  api_key: string,
  headers: Record<string, string> = fromOwnPage,
): Promise<Response> {
  return fetch(url + sessionPath, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ api_key }),
  });
}

/** The cookies that an answer sets, as a browser sends them back. */
export function cookiesOf(answer: Response): string {
  return answer.headers
    .getSetCookie()
    .map((field) => field.split(';', 1)[0] ?? '')
    .filter((pair) => !pair.endsWith('='))
    .join('; ');
}

/** The cookie of a session that a key stands behind. Throws where the key is not taken. */
export async function sessionOf(url: string, key: string): Promise<string> {
  const answer = await signIn(url, key);
  if (answer.status !== 201) throw new Error(`not signed in: ${answer.status}`);
  return cookiesOf(answer);
}

/** The stops of a sign-in at the provider, each as it was answered. */
export interface OidcJourney {
  started: Response;
  /** Where the provider sent the browser. */
  callback: string;
  finished: Response;
}

/** Goes by the identity provider as a browser does, but for the stops it is told to make otherwise. */
export async function signInByOidc(
  url: string,
  {
    query = '',
    headers = {},
    change = (callback: string) => callback,
    cookies = (set: string) => set,
  }: {
    query?: string;
    headers?: Record<string, string>;
    change?: (callback: string) => string;
    cookies?: (set: string) => string;
  } = {},
): Promise<OidcJourney> {
  const manual = { redirect: 'manual' } as const;
  const started = await fetch(`${url}${sessionPath}oidc/${query}`, { ...manual, headers });
  const provider = await fetch(started.headers.get('location') ?? '', manual);
  const callback = change(provider.headers.get('location') ?? '');
  const finished = await fetch(callback.replace(/^https?:\/\/[^/]+/, url), {
    ...manual,
    headers: { ...headers, cookie: cookies(cookiesOf(started)) },
  });
  return { started, callback, finished };
}

/** The cookie of a session of staff with these claims. */
export async function sessionOfStaff(
  url: string,
  provider: IdentityProvider,
  claims: JWTPayload,
): Promise<string> {
  provider.person = { sub: 'subject-1', ...claims };
  return cookiesOf((await signInByOidc(url)).finished);
}
