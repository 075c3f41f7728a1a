import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { SessionView } from '#contracts/http/session.dto.js';
import { cookiesOf, sessionPath, signInByOidc } from './browser-session.js';
import { IdentityProvider } from './identity-provider.js';
import { northId } from './resources/resource-case.js';
import { bodyOf, startTestApi, type TestApi } from './start-test-api.js';

let provider: IdentityProvider;
let api: TestApi;
const start = (more: Record<string, string> = {}) =>
  startTestApi({
    SECRET_KEY: 'k'.repeat(40),
    OIDC_ISSUER: provider.issuer,
    OIDC_AUDIENCE: 'ambacar',
    OIDC_CLIENT_ID: 'console',
    TRUSTED_PROXIES: '127.0.0.1',
    ...more,
  });

beforeAll(async () => {
  provider = await new IdentityProvider().open();
  await provider.addKey('first');
  api = await start();
});
afterEach(() => {
  provider.person = {};
  provider.idClaims = { name: 'Ana Paredes' };
});
afterAll(async () => {
  await api.close();
  await provider.close();
});

const seenBy = async (cookie: string, url = api.url) =>
  bodyOf<SessionView>(await fetch(url + sessionPath, { headers: { cookie } }));
const located = (answer: Response) => answer.headers.get('location');
const ana = { sub: 'ana-1', scope: 'read write', taller_id: 'taller-norte' };

describe('a sign-in at the identity provider', () => {
  test('begins a session of what the access token says, as long as that is good', async () => {
    provider.person = ana;
    const { started, finished } = await signInByOidc(api.url, { query: '?return_to=/matriz?a=1' });
    expect(started.status).toBe(303);
    expect(finished.status).toBe(303);
    expect(located(finished)).toBe('/matriz?a=1');
    const { caller } = await seenBy(cookiesOf(finished));
    expect(caller).toEqual({
      name: 'Ana Paredes',
      kind: 'staff',
      scopes: ['read', 'write'],
      taller_id: northId,
      taller_name: 'Taller Norte',
      ends_at: expect.any(String),
    });
    const leftMs = Date.parse(caller?.ends_at ?? '') - Date.now();
    expect(leftMs).toBeGreaterThan(280_000);
    expect(leftMs).toBeLessThanOrEqual(300_000);
    const [cookie = ''] = finished.headers.getSetCookie();
    expect(cookie).toMatch(
      /^ambacar-session=.*; Max-Age=(2[89]\d|300); HttpOnly; SameSite=Strict$/,
    );
  });

  test('asks with code, PKCE, state and nonce, and comes back where it began', async () => {
    const { started } = await signInByOidc(api.url);
    const asked = new URL(located(started) ?? '');
    expect(asked.origin).toBe(provider.issuer);
    expect(Object.fromEntries(asked.searchParams)).toEqual({
      client_id: 'console',
      response_type: 'code',
      redirect_uri: `${api.url}/api/v1/session/oidc/callback/`,
      scope: 'openid',
      state: expect.stringMatching(/^.{43}$/),
      nonce: expect.stringMatching(/^.{43}$/),
      code_challenge: expect.stringMatching(/^.{43}$/),
      code_challenge_method: 'S256',
    });
    expect(started.headers.getSetCookie()[0]).toMatch(
      /^ambacar-sign-in=[\w.-]+; Path=\/; Max-Age=600; HttpOnly; SameSite=Lax$/,
    );
    expect(started.headers.get('cache-control')).toBe('no-store');
  });

  test('is named by the ways to sign in, and by HTTPS where a proxy ends it', async () => {
    expect((await seenBy('')).sign_in).toEqual({ api_key: true, oidc: `${sessionPath}oidc/` });
    const headers = { 'x-forwarded-proto': 'https' };
    const answer = await fetch(`${api.url}${sessionPath}oidc/`, { headers, redirect: 'manual' });
    const asked = new URL(located(answer) ?? '');
    expect(asked.searchParams.get('redirect_uri')).toBe(
      `${api.url.replace('http:', 'https:')}/api/v1/session/oidc/callback/`,
    );
    expect(answer.headers.getSetCookie()[0]).toMatch(/^__Host-ambacar-sign-in=.*; Secure$/);
  });

  test('by a client with a secret shows it', async () => {
    const own = await start({ OIDC_CLIENT_SECRET: 'secret of the console' });
    try {
      provider.person = ana;
      const { finished } = await signInByOidc(own.url);
      expect((await seenBy(cookiesOf(finished), own.url)).caller?.name).toBe('Ana Paredes');
    } finally {
      await own.close();
    }
  });

  test.each([
    ['//example.com/'],
    ['https://example.com/'],
    ['/\\example.com'],
    ['javascript:alert(1)'],
  ])('never leads to %s afterwards', async (wanted) => {
    provider.person = ana;
    const query = `?return_to=${encodeURIComponent(wanted)}`;
    expect(located((await signInByOidc(api.url, { query })).finished)).toBe('/');
  });

  test('where the token has no name greets its holder by what there is', async () => {
    provider.person = ana;
    provider.idClaims = { email: 'ana@example.com' };
    const { finished } = await signInByOidc(api.url);
    expect((await seenBy(cookiesOf(finished))).caller?.name).toBe('ana@example.com');
  });
});

describe('nobody is signed in', () => {
  const refusedAs = async (fault: string, answer: Promise<{ finished: Response }>) => {
    const { finished } = await answer;
    expect(located(finished)).toBe(`/?sign_in=${fault}`);
    expect(cookiesOf(finished)).toBe('');
  };

  test('who says no at the provider', async () => {
    provider.person = null;
    await refusedAs('denied', signInByOidc(api.url));
  });

  test('whose token allows nothing here', async () => {
    provider.person = { sub: 'luis-1' };
    await refusedAs('powerless', signInByOidc(api.url));
  });

  test('whose workshop is not known', async () => {
    provider.person = { ...ana, taller_id: 'no-such' };
    await refusedAs('powerless', signInByOidc(api.url));
  });

  test('by a token for somebody else', async () => {
    provider.person = { ...ana, aud: 'another-service' };
    await refusedAs('failed', signInByOidc(api.url));
  });

  test.each([
    ['of another person', { sub: 'luis-1' }],
    ['of another sign-in', { nonce: 'x'.repeat(43) }],
    ['for another client', { aud: 'another' }],
    ['that has expired', { exp: 1_700_000_000 }],
  ])('by an ID token %s', async (_, claims) => {
    provider.person = ana;
    provider.idClaims = claims;
    await refusedAs('failed', signInByOidc(api.url));
  });

  test('with the state of another browser', async () => {
    provider.person = ana;
    const state = (callback: string) => callback.replace(/state=[^&]+/, `state=${'x'.repeat(43)}`);
    await refusedAs('failed', signInByOidc(api.url, { change: state }));
  });

  test('without the cookie of the browser that began, so that no link signs anybody in', async () => {
    provider.person = ana;
    await refusedAs('failed', signInByOidc(api.url, { cookies: () => '' }));
    const theirs = await signInByOidc(api.url);
    const other = cookiesOf(theirs.started);
    await refusedAs('failed', signInByOidc(api.url, { cookies: () => other }));
  });

  test('by the same code again', async () => {
    provider.person = ana;
    const { started, callback } = await signInByOidc(api.url);
    const again = fetch(callback, {
      redirect: 'manual',
      headers: { cookie: cookiesOf(started) },
    }).then((finished) => ({ finished }));
    await refusedAs('failed', again);
  });

  test('while the provider does not answer, and right after it does again', async () => {
    const own = await start();
    await provider.close();
    try {
      const answer = await fetch(`${own.url}${sessionPath}oidc/`, { redirect: 'manual' });
      expect(located(answer)).toBe('/?sign_in=unavailable');
    } finally {
      await provider.reopen();
    }
    provider.person = ana;
    const { finished } = await signInByOidc(own.url);
    expect((await seenBy(cookiesOf(finished), own.url)).caller?.kind).toBe('staff');
    await own.close();
  });

  test('where staff have no provider: 404', async () => {
    const bare = await startTestApi({ SECRET_KEY: 'k'.repeat(40) });
    try {
      for (const path of ['oidc/', 'oidc/callback/?code=1&state=2']) {
        const answer = await fetch(bare.url + sessionPath + path, { redirect: 'manual' });
        expect(answer.status).toBe(404);
      }
    } finally {
      await bare.close();
    }
  });
});

test('what went wrong is in the log, and nothing of the person or the code is', async () => {
  const own = await start();
  try {
    provider.person = { ...ana, aud: 'another-service' };
    const { callback } = await signInByOidc(own.url);
    const code = new URL(callback).searchParams.get('code') ?? '';
    const text = JSON.stringify(own.log);
    expect(text).toContain('a sign-in came to nothing');
    expect(text).not.toContain(code);
    expect(text).not.toContain('ana-1');
  } finally {
    await own.close();
  }
});
