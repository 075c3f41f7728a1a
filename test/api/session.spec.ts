import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ProblemView } from '#contracts/http/problem.dto.js';
import type { SessionView } from '#contracts/http/session.dto.js';
import { readConfiguration } from '#infrastructure/config/configuration.js';
import { hashApiKey } from '#infrastructure/persistence/api-key-secret.js';
import { revokeApiKey } from '#infrastructure/persistence/api-keys.js';
import { seal } from '#infrastructure/secrets/sealed-text.js';
import { startApi } from '../../apps/api/src/start-api.js';
import { cookiesOf, fromOwnPage, sessionOf, sessionPath } from './browser-session.js';
import { northId } from './resources/resource-case.js';
import { type SessionRig, secretKey, startSessions, talleres } from './session-rig.js';
import { bodyOf, startTestApi } from './start-test-api.js';

let rig: SessionRig;
beforeAll(async () => {
  rig = await startSessions();
});
afterAll(() => rig.api.close());

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
    const answer = await rig.change(await rig.adminSession(), headers);
    expect(answer.status).toBe(status);
    if (status === 403) {
      expect((await bodyOf<ProblemView>(answer)).detail).toBe(
        'A page of another origin may not do this.',
      );
    }
  });

  test('from our own origin is taken of a browser without Fetch Metadata', async () => {
    expect((await rig.change(await rig.adminSession(), { origin: rig.api.url })).status).toBe(201);
  });

  test('needs no page where a key is shown beside', async () => {
    const { key } = await rig.keyWith(['admin']);
    expect((await rig.change(await rig.adminSession(), { 'x-api-key': key })).status).toBe(201);
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
    expect((await rig.seen('')).caller).toBeNull();
    expect((await rig.get('')).status).toBe(401);
  });

  test('ends with a sign-out', async () => {
    const cookie = await rig.adminSession();
    const headers = { cookie, ...fromOwnPage };
    const answer = await fetch(rig.api.url + sessionPath, { method: 'DELETE', headers });
    expect(answer.status).toBe(204);
    expect(answer.headers.getSetCookie()).toEqual([
      'ambacar-session=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict',
    ]);
  });

  test('is not ended by a page of another site', async () => {
    const headers = { cookie: await rig.adminSession(), 'sec-fetch-site': 'cross-site' };
    const answer = await fetch(rig.api.url + sessionPath, { method: 'DELETE', headers });
    expect(answer.status).toBe(403);
    expect(answer.headers.getSetCookie()).toEqual([]);
  });

  test('ends within seconds of its key', async () => {
    const { id, key } = await rig.keyWith(['admin']);
    const cookie = await sessionOf(rig.api.url, key);
    expect((await rig.get(cookie)).status).toBe(200);
    await revokeApiKey(rig.api.dataSource, id);
    const revokedAt = performance.now();
    while ((await rig.get(cookie)).status !== 401) {
      expect(performance.now() - revokedAt).toBeLessThan(15_000);
    }
    const { errors } = await bodyOf<ProblemView>(await rig.get(cookie));
    expect(errors).toEqual({ Cookie: ['names a session that has ended; sign in again'] });
    expect((await rig.seen(cookie)).caller).toBeNull();
  });

  test('has at any time what its key has then', async () => {
    const { id, key } = await rig.keyWith(['admin']);
    const cookie = await sessionOf(rig.api.url, key);
    await rig.api.dataSource.query(`UPDATE api_key SET scopes = '{read}' WHERE id = $1`, [id]);
    const changedAt = performance.now();
    while ((await rig.change(cookie)).status !== 403) {
      expect(performance.now() - changedAt).toBeLessThan(15_000);
    }
    expect((await rig.get(cookie)).status).toBe(200);
  });

  /** As one that began some hours ago. */
  const begunAgo = async (hours: number, sealedWith = secretKey) => {
    const { key } = await rig.keyWith(['admin']);
    const begunAt = Math.floor(Date.now() / 1000) - hours * 3600;
    const contents = { by: 'key', hash: hashApiKey(key).toString('base64'), begunAt };
    return `ambacar-session=${await seal(sealedWith, 'session', JSON.stringify(contents))}`;
  };

  test('ends 12 hours after its last use, and lasts anew while it is used', async () => {
    expect((await rig.get(await begunAgo(12))).status).toBe(401);
    const answer = await rig.get(await begunAgo(11));
    expect(answer.status).toBe(200);
    expect(answer.headers.getSetCookie()[0]).toContain('Max-Age=43200');
    const renewed = cookiesOf(answer);
    expect((await rig.get(renewed)).headers.getSetCookie()).toEqual([]);
    const left = Date.parse((await rig.seen(renewed)).caller?.ends_at ?? '') - Date.now();
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
      expect((await rig.get(cookie)).status).toBe(401);
    }
    expect((await rig.get(good)).status).toBe(200);
  });

  test.each<[string, Record<string, string>]>([
    ['is taken by any process with the same secret', { SECRET_KEY: secretKey }],
    [
      'outlives a change of the secret, while the one before is known',
      { SECRET_KEY: 'n'.repeat(40), SECRET_KEY_PREVIOUS: secretKey },
    ],
  ])('%s', async (_, variables) => {
    const cookie = await rig.adminSession();
    const [{ name }] = await rig.api.dataSource.query('SELECT current_database() AS name');
    const url = (process.env.TEST_POSTGRES_URL ?? '').replace(/\/[^/]*$/, `/${name}`);
    const environment = { DATABASE_URL: url, HOST: '127.0.0.1', LOG_LEVEL: 'fatal', ...variables };
    const read = readConfiguration(environment);
    const second = await startApi({ ...read, http: { ...read.http, port: 0 } });
    try {
      expect((await rig.get(cookie, talleres, second.url)).status).toBe(200);
    } finally {
      await second.close();
    }
  });

  test('opens no door of the core system or of those who carry messages', async () => {
    const cookie = await rig.adminSession();
    const headers = { cookie, ...fromOwnPage };
    for (const path of ['/api/internal/v1/customers/sync/', '/api/v1/webhooks/mail/']) {
      expect((await fetch(rig.api.url + path, { method: 'POST', headers })).status).toBe(401);
    }
  });
});
