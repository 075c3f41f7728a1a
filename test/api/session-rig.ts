import type { SessionView } from '#contracts/http/session.dto.js';
import type { Scope } from '#domain/access/scopes.js';
import { createApiKey } from '#infrastructure/persistence/api-keys.js';
import { fromOwnPage, sessionOf, sessionPath } from './browser-session.js';
import { bodyOf, startTestApi } from './start-test-api.js';

export const secretKey = 'k'.repeat(40);
export const talleres = '/api/v1/notifications/talleres/';

export type SessionRig = Awaited<ReturnType<typeof startSessions>>;

/** The API behind a proxy that ends TLS, with keys and those who signed in by them. */
export async function startSessions() {
  const api = await startTestApi({
    SECRET_KEY: secretKey,
    SANDBOX_CHANNELS: 'email,push',
    RATE_LIMIT_FAILED_AUTH_PER_MINUTE: '0',
    TRUSTED_PROXIES: '127.0.0.1',
  });
  const keyWith = (scopes: Scope[], more: { tallerId?: string } = {}) =>
    createApiKey(api.dataSource, { name: 'Recepción', scopes, ...more });
  const get = (cookie: string, path = talleres, url = api.url) =>
    fetch(url + path, { headers: { cookie } });
  let made = 0;
  return {
    api,
    keyWith,
    get,
    adminSession: async () => sessionOf(api.url, (await keyWith(['admin'])).key),
    seen: async (cookie: string) => bodyOf<SessionView>(await get(cookie, sessionPath)),
    /** Makes a workshop, which needs `admin`. */
    change(cookie: string, headers: Record<string, string> = fromOwnPage) {
      made += 1;
      return fetch(api.url + talleres, {
        method: 'POST',
        headers: { cookie, 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ slug: `taller-${made}`, name: 'Taller' }),
      });
    },
  };
}
