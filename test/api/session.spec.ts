import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ProblemView } from '#contracts/http/problem.dto.js';
import type { SessionView } from '#contracts/http/session.dto.js';
import type { Scope } from '#domain/access/scopes.js';
import { readConfiguration } from '#infrastructure/config/configuration.js';
import { hashApiKey } from '#infrastructure/persistence/api-key-secret.js';
import { createApiKey, revokeApiKey } from '#infrastructure/persistence/api-keys.js';
import { seal } from '#infrastructure/secrets/sealed-text.js';
import { startApi } from '../../apps/api/src/start-api.js';
import { cookiesOf, fromOwnPage, sessionOf, sessionPath, signIn } from './browser-session.js';
import { northId } from './resources/resource-case.js';
import { bodyOf, startTestApi, type TestApi } from './start-test-api.js';

const secretKey = 'k'.repeat(40);
const talleres = '/api/v1/notifications/talleres/';
let api: TestApi;

beforeAll(async () => {
  api = await startTestApi({
    SECRET_KEY: secretKey,
    SANDBOX_CHANNELS: 'email,push',
    RATE_LIMIT_FAILED_AUTH_PER_MINUTE: '0',
    TRUSTED_PROXIES: '127.0.0.1',
  });
});
afterAll(() => api.close());

const keyWith = (scopes: Scope[], more: { tallerId?: string } = {}) =>
  createApiKey(api.dataSource, { name: 'Recepción', scopes, ...more });
const adminSession = async () => sessionOf(api.url, (await keyWith(['admin'])).key);
const get = (cookie: string, path = talleres, url = api.url) =>
  fetch(url + path, { headers: { cookie } });
const seen = async (cookie: string) => bodyOf<SessionView>(await get(cookie, sessionPath));
/** Makes a workshop, which needs `admin`. */
let number = 0;
const change = (cookie: string, headers: Record<string, string> = fromOwnPage) => {
  number += 1;
  return fetch(api.url + talleres, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ slug: `taller-${number}`, name: 'Taller' }),
  });
};

describe('a sign-in by key', () => {
  test('lasts in a cookie that no script reads, no other site sends, and that has no key in it', async () => {
    const { key } = await keyWith(['admin']);
    const answer = await signIn(api.url, key);
    expect(answer.status).toBe(201);
    const [cookie = ''] = answer.headers.getSetCookie();
    expect(cookie).toMatch(
      /^ambacar-session=[\w.-]+; Path=\/; Max-Age=43200; HttpOnly; SameSite=Strict$/,
    );
    expect(cookie).not.toContain(key.slice(9));
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(await bodyOf<SessionView>(answer)).toEqual({
      caller: {
        name: 'Recepción',
        kind: 'key',
        scopes: ['admin'],
        taller_id: null,
        taller_name: null,
        ends_at: expect.any(String),
      },
      sign_in: { api_key: true, oidc: null },
      sandbox: ['email', 'push'],
    });
    expect((await get(cookiesOf(answer))).status).toBe(200);
  });

  test('over HTTPS binds the cookie to this host and to HTTPS', async () => {
    const { key } = await keyWith(['admin']);
    const byProxy = await signIn(api.url, key, { ...fromOwnPage, 'x-forwarded-proto': 'https' });
    const [cookie] = byProxy.headers.getSetCookie();
    expect(cookie).toMatch(/^__Host-ambacar-session=.*; Path=\/; .*; Secure$/);
    const byOrigin = await signIn(api.url, key, { ...fromOwnPage, origin: 'https://a.example' });
    expect(byOrigin.headers.getSetCookie()[0]).toMatch(/^__Host-.*; Secure$/);
    expect((await get(cookiesOf(byProxy))).status).toBe(200);
  });

  test('over HTTPS no cookie counts that another host could have set', async () => {
    const cookie = await adminSession();
    const headers = { cookie, 'x-forwarded-proto': 'https' };
    expect((await fetch(api.url + talleres, { headers })).status).toBe(401);
  });

  test('tells the workshop of a key that is bound to one', async () => {
    const { key } = await keyWith(['admin'], { tallerId: northId });
    const { caller } = await seen(await sessionOf(api.url, key));
    expect(caller).toMatchObject({ taller_id: northId, taller_name: 'Taller Norte' });
  });

  test.each(['', 'guess', `amb_live_${'x'.repeat(43)}`])('with %j is refused', async (shown) => {
    const answer = await signIn(api.url, shown);
    expect(answer.status).toBe(shown === '' ? 400 : 401);
    const { errors } = await bodyOf<ProblemView>(answer);
    expect(Object.keys(errors ?? {})).toEqual(['api_key']);
    expect(answer.headers.getSetCookie()).toEqual([]);
  });

  test('with a key that may not administrate is a 403 by name', async () => {
    const answer = await signIn(api.url, (await keyWith(['read', 'write', 'dispatch'])).key);
    expect(answer.status).toBe(403);
    expect((await bodyOf<ProblemView>(answer)).errors).toEqual({
      api_key: ['has not got the scope admin'],
    });
    expect(answer.headers.getSetCookie()).toEqual([]);
  });

  test('from a page of another site is a 403', async () => {
    const { key } = await keyWith(['admin']);
    const others: Record<string, string>[] = [
      { 'sec-fetch-site': 'cross-site' },
      { origin: 'https://b.example' },
    ];
    for (const headers of others) {
      expect((await signIn(api.url, key, headers)).status).toBe(403);
    }
  });

  test('makes a new session, whatever cookie was there before', async () => {
    const { key } = await keyWith(['admin']);
    const planted = await adminSession();
    const answer = await signIn(api.url, key, { ...fromOwnPage, cookie: planted });
    expect(cookiesOf(answer)).not.toBe(planted);
  });

  test('that fails counts with all wrong keys of its address', async () => {
    const narrow = await startTestApi({ RATE_LIMIT_FAILED_AUTH_PER_MINUTE: '2' });
    try {
      const wrong = `amb_live_${'y'.repeat(43)}`;
      const statuses = [];
      for (let count = 0; count < 3; count += 1) {
        statuses.push((await signIn(narrow.url, wrong)).status);
      }
      expect(statuses).toEqual([401, 401, 429]);
      const headers = { authorization: `Bearer ${wrong}` };
      expect((await fetch(narrow.url + talleres, { headers })).status).toBe(429);
    } finally {
      await narrow.close();
    }
  });
});

describe('a change by cookie', () => {
  test.each<[string, Record<string, string>, number]>([
    ['from a page of ours', fromOwnPage, 201],
    ['from another site', { 'sec-fetch-site': 'cross-site' }, 403],
    ['from another host of our domain', { 'sec-fetch-site': 'same-site' }, 403],
    ['from an address bar', { 'sec-fetch-site': 'none' }, 403],
    ['from nowhere that is told', {}, 403],
    [
      'from another origin, by a browser without Fetch Metadata',
      { origin: 'http://b.example' },
      403,
    ],
    ['from an origin that is none', { origin: 'null' }, 403],
  ])('%s is answered as it should', async (_, headers, status) => {
    const answer = await change(await adminSession(), headers);
    expect(answer.status).toBe(status);
    if (status === 403) {
      expect((await bodyOf<ProblemView>(answer)).detail).toBe(
        'A page of another origin may not do this.',
      );
    }
  });

  test('from our own origin is taken of a browser without Fetch Metadata', async () => {
    expect((await change(await adminSession(), { origin: api.url })).status).toBe(201);
  });

  test('needs no page where a key is shown beside', async () => {
    const { key } = await keyWith(['admin']);
    expect((await change(await adminSession(), { 'x-api-key': key })).status).toBe(201);
  });
});

describe('without authentication', () => {
  test('nobody is asked to sign in, and pages of other sites still change nothing', async () => {
    const open = await startTestApi();
    try {
      const view = await bodyOf<SessionView>(await fetch(open.url + sessionPath));
      expect(view).toMatchObject({
        caller: { kind: 'anyone', scopes: ['dispatch', 'read', 'write', 'admin'] },
        sign_in: { api_key: false, oidc: null },
      });
      const from = async (headers: Record<string, string>) =>
        (await fetch(`${open.url}${talleres}${northId}/`, { method: 'DELETE', headers })).status;
      expect(await from({ 'sec-fetch-site': 'cross-site' })).toBe(403);
      expect(await from({ origin: 'https://b.example' })).toBe(403);
      expect(await from(fromOwnPage)).not.toBe(403);
      expect(await from({})).not.toBe(403);
    } finally {
      await open.close();
    }
  });
});

describe('a session', () => {
  test('is nobody’s before it begins', async () => {
    expect((await seen('')).caller).toBeNull();
    expect((await get('')).status).toBe(401);
  });

  test('ends with a sign-out', async () => {
    const cookie = await adminSession();
    const headers = { cookie, ...fromOwnPage };
    const answer = await fetch(api.url + sessionPath, { method: 'DELETE', headers });
    expect(answer.status).toBe(204);
    expect(answer.headers.getSetCookie()).toEqual([
      'ambacar-session=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict',
    ]);
  });

  test('is not ended by a page of another site', async () => {
    const headers = { cookie: await adminSession(), 'sec-fetch-site': 'cross-site' };
    const answer = await fetch(api.url + sessionPath, { method: 'DELETE', headers });
    expect(answer.status).toBe(403);
    expect(answer.headers.getSetCookie()).toEqual([]);
  });

  test('ends within seconds of its key', async () => {
    const { id, key } = await keyWith(['admin']);
    const cookie = await sessionOf(api.url, key);
    expect((await get(cookie)).status).toBe(200);
    await revokeApiKey(api.dataSource, id);
    const revokedAt = performance.now();
    while ((await get(cookie)).status !== 401) {
      expect(performance.now() - revokedAt).toBeLessThan(6000);
    }
    const { errors } = await bodyOf<ProblemView>(await get(cookie));
    expect(errors).toEqual({ Cookie: ['names a session that has ended; sign in again'] });
    expect((await seen(cookie)).caller).toBeNull();
  });

  test('has at any time what its key has then', async () => {
    const { id, key } = await keyWith(['admin']);
    const cookie = await sessionOf(api.url, key);
    await api.dataSource.query(`UPDATE api_key SET scopes = '{read}' WHERE id = $1`, [id]);
    const changedAt = performance.now();
    while ((await change(cookie)).status !== 403) {
      expect(performance.now() - changedAt).toBeLessThan(6000);
    }
    expect((await get(cookie)).status).toBe(200);
  });

  /** As one that began some hours ago. */
  const begunAgo = async (hours: number, sealedWith = secretKey) => {
    const { key } = await keyWith(['admin']);
    const begunAt = Math.floor(Date.now() / 1000) - hours * 3600;
    const contents = { by: 'key', hash: hashApiKey(key).toString('base64'), begunAt };
    return `ambacar-session=${await seal(sealedWith, 'session', JSON.stringify(contents))}`;
  };

  test('ends 12 hours after its last use, and lasts anew while it is used', async () => {
    expect((await get(await begunAgo(12))).status).toBe(401);
    const answer = await get(await begunAgo(11));
    expect(answer.status).toBe(200);
    expect(answer.headers.getSetCookie()[0]).toContain('Max-Age=43200');
    const renewed = cookiesOf(answer);
    expect((await get(renewed)).headers.getSetCookie()).toEqual([]);
    const left = Date.parse((await seen(renewed)).caller?.ends_at ?? '') - Date.now();
    expect(left).toBeGreaterThan(11.9 * 3_600_000);
  });

  test('sealed with another secret, for another purpose, or tampered with opens nothing', async () => {
    const good = await begunAgo(0);
    const forPurpose = await seal(secretKey, 'sign-in', '{}');
    for (const cookie of [
      await begunAgo(0, 'x'.repeat(40)),
      `ambacar-session=${forPurpose}`,
      `${good.slice(0, -4)}AAAA`,
      'ambacar-session=1',
      `ambacar-session=${await seal(secretKey, 'session', '{"by":"other"}')}`,
    ]) {
      expect((await get(cookie)).status).toBe(401);
    }
    expect((await get(good)).status).toBe(200);
  });

  test.each<[string, Record<string, string>]>([
    ['is taken by any process with the same secret', { SECRET_KEY: secretKey }],
    [
      'outlives a change of the secret, while the one before is known',
      { SECRET_KEY: 'n'.repeat(40), SECRET_KEY_PREVIOUS: secretKey },
    ],
  ])('%s', async (_, variables) => {
    const cookie = await adminSession();
    const [{ name }] = await api.dataSource.query('SELECT current_database() AS name');
    const url = (process.env.TEST_POSTGRES_URL ?? '').replace(/\/[^/]*$/, `/${name}`);
    const environment = { DATABASE_URL: url, HOST: '127.0.0.1', LOG_LEVEL: 'fatal', ...variables };
    const read = readConfiguration(environment);
    const second = await startApi({ ...read, http: { ...read.http, port: 0 } });
    try {
      expect((await get(cookie, talleres, second.url)).status).toBe(200);
    } finally {
      await second.close();
    }
  });

  test('opens no door of the core system or of those who carry messages', async () => {
    const cookie = await adminSession();
    const headers = { cookie, ...fromOwnPage };
    for (const path of ['/api/internal/v1/customers/sync/', '/api/v1/webhooks/mail/']) {
      expect((await fetch(api.url + path, { method: 'POST', headers })).status).toBe(401);
    }
  });
});
