import { createSecretKey } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { SignJWT, UnsecuredJWT } from 'jose';
import type { ProblemView } from '#contracts/http/problem.dto.js';
import type { TallerPage } from '#contracts/http/talleres.dto.js';
import { IdentityProvider } from './identity-provider.js';
import { northId } from './resources/resource-case.js';
import {
  bodyOf,
  dispatchPath,
  exampleEvent,
  post,
  startTestApi,
  type TestApi,
} from './start-test-api.js';

const talleres = '/api/v1/notifications/talleres/';
let provider: IdentityProvider;
let api: TestApi;

beforeAll(async () => {
  provider = await new IdentityProvider().open();
  await provider.addKey('first');
  api = await startStaffApi({ OIDC_JWKS_URL: provider.jwksUrl });
});
afterAll(async () => {
  await api.close();
  await provider.close();
});

const startStaffApi = (more: Record<string, string>) =>
  startTestApi({
    OIDC_ISSUER: provider.issuer,
    OIDC_AUDIENCE: 'other,ambacar',
    RATE_LIMIT_FAILED_AUTH_PER_MINUTE: '0',
    ...more,
  });
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const get = (token: string, path = talleres, from = api) =>
  fetch(from.url + path, { headers: bearer(token) });
const statusWith = async (token: string, path = talleres, from = api) =>
  (await get(token, path, from)).status;
const inSeconds = (seconds: number) => Math.floor(Date.now() / 1000) + seconds;

describe('a token', () => {
  test.each(['RS256', 'ES256', 'EdDSA'])('signed by %s opens what its scopes open', async (alg) => {
    const kid = `by-${alg}`;
    await provider.addKey(kid, alg);
    const own = await startStaffApi({ OIDC_JWKS_URL: provider.jwksUrl });
    try {
      const token = await provider.token({ scope: 'openid read' }, kid);
      expect(await statusWith(token, talleres, own)).toBe(200);
      const refused = await post(`${own.url}${dispatchPath}`, exampleEvent(), bearer(token));
      expect(refused.status).toBe(403);
      expect(refused.headers.get('www-authenticate')).toContain('insufficient_scope');
    } finally {
      await own.close();
    }
  });

  test.each([
    ['expired', () => ({ exp: inSeconds(-40) })],
    ['not good yet', () => ({ nbf: inSeconds(40) })],
    ['of another issuer', () => ({ iss: 'https://id.example.com' })],
    ['for another audience', () => ({ aud: 'somebody-else' })],
    ['for no audience', () => ({ aud: undefined })],
    ['of nobody', () => ({ sub: undefined })],
    ['of a subject that cannot be written', () => ({ sub: 'Núñez\n' })],
    ['without an end', () => ({ exp: undefined })],
  ])('that is %s is a 401', async (_, claims) => {
    const answer = await get(await provider.token({ scope: 'admin', ...claims() }));
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toContain('invalid_token');
    expect(Object.keys((await bodyOf<ProblemView>(answer)).errors ?? {})).toEqual([
      'Authorization',
    ]);
  });

  test('is read with 30 seconds between two clocks', async () => {
    expect(await statusWith(await provider.token({ scope: 'read', exp: inSeconds(-20) }))).toBe(
      200,
    );
    expect(await statusWith(await provider.token({ scope: 'read', nbf: inSeconds(20) }))).toBe(200);
  });

  test('signed by nobody, by a secret, or by another’s key is a 401', async () => {
    const claims = { iss: provider.issuer, aud: 'ambacar', sub: 'x', scope: 'admin' };
    const secret = createSecretKey(Buffer.from(provider.jwksUrl.padEnd(32)));
    const stranger = new IdentityProvider();
    await stranger.addKey('first');
    for (const token of [
      new UnsecuredJWT(claims).setExpirationTime('5m').encode(),
      await new SignJWT(claims)
        .setProtectedHeader({ alg: 'HS256', kid: 'first' })
        .setExpirationTime('5m')
        .sign(secret),
      await stranger.token(claims),
    ]) {
      expect(await statusWith(token)).toBe(401);
    }
  });

  test('that was tampered with anywhere is a 401', async () => {
    const token = await provider.token({ scope: 'admin' });
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: token.length - 1 }),
        fc.constantFrom(...'AZaz09-_.'),
        async (at, letter) => {
          const other = token.slice(0, at) + letter + token.slice(at + 1);
          // The last letter of a signature holds bits that say nothing.
          fc.pre(other !== token && at < token.length - 1);
          expect(await statusWith(other)).toBe(401);
        },
      ),
      { numRuns: 200 },
    );
  });

  test('is taken as Bearer alone', async () => {
    const token = await provider.token({ scope: 'read' });
    const answer = await fetch(api.url + talleres, { headers: { 'x-api-key': token } });
    expect(answer.status).toBe(401);
  });

  test('without a scope is told no more than a stranger', async () => {
    const powerless = await provider.token({});
    const health = await get(powerless, '/api/v1/health/database/');
    expect(await health.json()).toEqual({ status: 'healthy' });
  });
});

describe('scopes', () => {
  test.each([
    ['scope', { scope: 'email read' }],
    ['scp', { scp: ['read'] }],
    ['the roles of Supabase Auth', { role: 'authenticated', app_metadata: { roles: ['read'] } }],
    ['one role of it', { app_metadata: { role: 'read' } }],
  ])('are read from %s', async (_, claims) => {
    expect(await statusWith(await provider.token(claims))).toBe(200);
  });

  test.each([
    [{}],
    [{ role: 'authenticated' }],
    [{ scope: 'reader' }],
    [{ scope: { read: true } }],
    [{ user_metadata: { roles: ['admin'] } }],
    [{ app_metadata: null }],
  ])('%j are none: 403', async (claims) => {
    expect(await statusWith(await provider.token(claims))).toBe(403);
  });
});

describe('the workshop', () => {
  const seenBy = async (claims: object) => {
    const answer = await get(await provider.token({ scope: 'read', ...claims }));
    if (answer.status !== 200) return answer.status;
    const { results } = await bodyOf<TallerPage>(answer);
    return results.map(({ id }) => id);
  };

  test.each([[{ taller_id: 'taller-norte' }], [{ app_metadata: { taller_id: northId } }]])(
    'of %j is the only one that is seen',
    async (claims) => {
      expect(await seenBy(claims)).toEqual([northId]);
    },
  );

  test.each([
    [{ taller_id: 'no-such' }],
    [{ taller_id: 7 }],
    [{ taller_id: '' }],
    [{ taller_id: [northId, northId] }],
  ])('%j cannot be understood: 403', async (claims) => {
    expect(await seenBy(claims)).toBe(403);
  });

  test('missing means all', async () => {
    expect(await seenBy({})).toHaveLength(2);
  });

  test('missing is a 403 where its claim was named, and * means all', async () => {
    const name = 'https://ambacar.example/taller';
    const strict = await startStaffApi({ OIDC_TALLER_CLAIM: name, OIDC_SCOPES_CLAIM: 'groups' });
    try {
      const status = async (claims: object) =>
        statusWith(await provider.token({ groups: ['read'], ...claims }), talleres, strict);
      expect(await status({})).toBe(403);
      expect(await status({ taller_id: northId })).toBe(403);
      expect(await status({ [name]: '*' })).toBe(200);
      expect(await status({ [name]: northId })).toBe(200);
      expect(await status({ [name]: northId, groups: [], scope: 'read' })).toBe(403);
    } finally {
      await strict.close();
    }
  });
});

test('the audit trail names staff by their subject, and by nothing of theirs', async () => {
  const claims = {
    scope: 'admin',
    sub: 'b7f1',
    email: 'ana@example.com',
    preferred_username: 'ana',
  };
  const body = { slug: 'taller-este', name: 'Taller Este' };
  const answer = await post(api.url + talleres, body, bearer(await provider.token(claims)));
  expect(answer.status).toBe(201);
  const rows = await api.dataSource.query(
    `SELECT author_id, author_name, a::text FROM audit_entry a WHERE author_id LIKE 'oidc:%'`,
  );
  expect(rows).toEqual([expect.objectContaining({ author_id: 'oidc:b7f1', author_name: 'staff' })]);
  expect(JSON.stringify(rows)).not.toMatch(/ana/);
});

describe('the provider’s keys', () => {
  test('are found by its discovery document where no address is given', async () => {
    const found = await startStaffApi({});
    try {
      expect(await statusWith(await provider.token({ scope: 'read' }), talleres, found)).toBe(200);
    } finally {
      await found.close();
    }
  });

  test('are picked up when they change, and asked for rarely', async () => {
    await provider.addKey('second');
    const token = await provider.token({ scope: 'read' }, 'second');
    const asked = provider.asked;
    const begun = performance.now();
    while ((await statusWith(token)) !== 200)
      expect(performance.now() - begun).toBeLessThan(25_000);
    expect(provider.asked - asked).toBeLessThanOrEqual(2);
  });

  test('that are known go on serving through an outage; for others it is a 503', async () => {
    const known = await provider.token({ scope: 'read' });
    expect(await statusWith(known)).toBe(200);
    await provider.addKey('third');
    const unknown = await provider.token({ scope: 'read' }, 'third');
    await provider.close();
    const begun = performance.now();
    for (;;) {
      const answer = await get(unknown);
      expect(await statusWith(known)).toBe(200);
      if (answer.status === 503) {
        expect(answer.headers.get('retry-after')).toBe('5');
        break;
      }
      // While the last answer of the provider is believed to be all of its keys.
      expect(answer.status).toBe(401);
      expect(performance.now() - begun).toBeLessThan(25_000);
    }
    expect((await get(unknown, '/')).status).toBe(200);

    await provider.reopen();
    const back = performance.now();
    while ((await statusWith(unknown)) !== 200)
      expect(performance.now() - back).toBeLessThan(25_000);
  });
});

test('a key works beside tokens, and a provider is asked nothing for it', async () => {
  const asked = provider.asked;
  const answer = await get(`amb_live_${'x'.repeat(43)}`, '/api/v1/notifications/events/');
  expect(answer.status).toBe(401);
  expect(provider.asked).toBe(asked);
  expect(await bodyOf<ProblemView>(answer)).toMatchObject({ code: 'unauthorized' });
});
