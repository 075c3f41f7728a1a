import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ProblemView } from '#contracts/http/problem.dto.js';
import type { SessionView } from '#contracts/http/session.dto.js';
import { cookiesOf, fromOwnPage, sessionOf, signIn } from './browser-session.js';
import { northId } from './resources/resource-case.js';
import { type SessionRig, startSessions, talleres } from './session-rig.js';
import { bodyOf, startTestApi } from './start-test-api.js';

let rig: SessionRig;
beforeAll(async () => {
  rig = await startSessions();
});
afterAll(() => rig.api.close());

describe('a sign-in by key', () => {
  test('lasts in a cookie that no script reads, no other site sends, and that has no key in it', async () => {
    const { key } = await rig.keyWith(['admin']);
    const answer = await signIn(rig.api.url, key);
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
    expect((await rig.get(cookiesOf(answer))).status).toBe(200);
  });

  test('over HTTPS binds the cookie to this host and to HTTPS', async () => {
    const { key } = await rig.keyWith(['admin']);
    const byProxy = await signIn(rig.api.url, key, {
      ...fromOwnPage,
      'x-forwarded-proto': 'https',
    });
    const [cookie] = byProxy.headers.getSetCookie();
    expect(cookie).toMatch(/^__Host-ambacar-session=.*; Path=\/; .*; Secure$/);
    const byOrigin = await signIn(rig.api.url, key, {
      ...fromOwnPage,
      origin: 'https://a.example',
    });
    expect(byOrigin.headers.getSetCookie()[0]).toMatch(/^__Host-.*; Secure$/);
    expect((await rig.get(cookiesOf(byProxy))).status).toBe(200);
  });

  test('over HTTPS no cookie counts that another host could have set', async () => {
    const cookie = await rig.adminSession();
    const headers = { cookie, 'x-forwarded-proto': 'https' };
    expect((await fetch(rig.api.url + talleres, { headers })).status).toBe(401);
  });

  test('tells the workshop of a key that is bound to one', async () => {
    const { key } = await rig.keyWith(['admin'], { tallerId: northId });
    const { caller } = await rig.seen(await sessionOf(rig.api.url, key));
    expect(caller).toMatchObject({ taller_id: northId, taller_name: 'Taller Norte' });
  });

  test.each(['', 'guess', `amb_live_${'x'.repeat(43)}`])('with %j is refused', async (shown) => {
    const answer = await signIn(rig.api.url, shown);
    expect(answer.status).toBe(shown === '' ? 400 : 401);
    const { errors } = await bodyOf<ProblemView>(answer);
    expect(Object.keys(errors ?? {})).toEqual(['api_key']);
    expect(answer.headers.getSetCookie()).toEqual([]);
  });

  test('with a key that may not administrate is a 403 by name', async () => {
    const answer = await signIn(
      rig.api.url,
      (await rig.keyWith(['read', 'write', 'dispatch'])).key,
    );
    expect(answer.status).toBe(403);
    expect((await bodyOf<ProblemView>(answer)).errors).toEqual({
      api_key: ['has not got the scope admin'],
    });
    expect(answer.headers.getSetCookie()).toEqual([]);
  });

  test('from a page of another site is a 403', async () => {
    const { key } = await rig.keyWith(['admin']);
    const others: Record<string, string>[] = [
      { 'sec-fetch-site': 'cross-site' },
      { origin: 'https://b.example' },
    ];
    for (const headers of others) {
      expect((await signIn(rig.api.url, key, headers)).status).toBe(403);
    }
  });

  test('makes a new session, whatever cookie was there before', async () => {
    const { key } = await rig.keyWith(['admin']);
    const planted = await rig.adminSession();
    const answer = await signIn(rig.api.url, key, { ...fromOwnPage, cookie: planted });
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
