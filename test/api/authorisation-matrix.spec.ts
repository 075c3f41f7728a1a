import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { type Scope, scopes, scopesIn } from '#domain/access/scopes.js';
import { createApiKey, revokeApiKey } from '#infrastructure/persistence/api-keys.js';
import {
  type Door,
  type Operation,
  pathToNothing,
  readOperations,
  scopesBut,
} from './authorisation/operations.js';
import { fromOwnPage, sessionOf, sessionOfStaff } from './browser-session.js';
import { IdentityProvider } from './identity-provider.js';
import { startTestApi, type TestApi } from './start-test-api.js';

// A thousand requests and more, on two cores that others want, too.
jest.setTimeout(120_000);

const secret = 's'.repeat(40);
const previousSecret = 'p'.repeat(40);
const webhookSecret = 'v'.repeat(40);
let api: TestApi;
let provider: IdentityProvider;
let operations: Operation[];

beforeAll(async () => {
  provider = await new IdentityProvider().open();
  await provider.addKey('first');
  api = await startTestApi({
    INTERNAL_API_SECRET_KEY: secret,
    INTERNAL_API_SECRET_KEY_PREVIOUS: previousSecret,
    WEBHOOK_SECRET: webhookSecret,
    WEBHOOK_SECRET_PREVIOUS: 'u'.repeat(40),
    OIDC_ISSUER: provider.issuer,
    OIDC_AUDIENCE: 'ambacar',
    OIDC_CLIENT_ID: 'console',
    RATE_LIMIT_PER_MINUTE: '0',
    RATE_LIMIT_FAILED_AUTH_PER_MINUTE: '0',
  });
  operations = await readOperations(api.url);
});
afterAll(async () => {
  await api.close();
  await provider.close();
});

type Headers = Record<string, string>;
const bearer = (key: string): Headers => ({ authorization: `Bearer ${key}` });
const withSecret = (shown: string): Headers => ({ 'x-internal-secret': shown });
const asProvider = (shown: string): Headers => ({ 'x-webhook-secret': shown });

async function keyWith(wanted: Scope[], expiresAt: Date | null = null) {
  return createApiKey(api.dataSource, { name: 'matrix', scopes: wanted, expiresAt });
}

type Outcome = 401 | 403 | 'open';
/** What a door answers, whatever stands behind it. */
function outcomeOf(status: number): Outcome | `failed: ${number}` {
  if (status === 401 || status === 403) return status;
  return status === 429 || status >= 500 ? `failed: ${status}` : 'open';
}

/** Every operation with how it answered, one line each. */
async function answersTo(headersFor: (operation: Operation) => Promise<Headers>) {
  const answers: Record<string, string> = {};
  for (const operation of operations) {
    const headers = await headersFor(operation);
    const target = api.url + pathToNothing(operation);
    const answer = await fetch(target, { method: operation.method, headers });
    await answer.arrayBuffer();
    answers[operation.name] = `${operation.door}: ${outcomeOf(answer.status)}`;
  }
  return answers;
}

type Outcomes = Record<'public' | 'internal' | 'webhook' | 'scope', Outcome>;

function expected(outcomes: Outcomes) {
  const outcomeAt = (door: Door) =>
    door === 'public' || door === 'internal' || door === 'webhook'
      ? outcomes[door]
      : outcomes.scope;
  return Object.fromEntries(
    operations.map(({ name, door }) => [name, `${door}: ${outcomeAt(door)}`]),
  );
}

type Kind = [(operation: Operation) => Promise<Headers>, Outcomes];
const sessions = new Map<string, Promise<string>>();
/** One for each way in and set of scopes: what a session opens does not wear off. */
function sessionFor(by: 'key' | 'staff', wanted: readonly string[]): Promise<string> {
  const name = `${by} ${wanted}`;
  const known = sessions.get(name) ?? beginSession(by, wanted);
  sessions.set(name, known);
  return known;
}
async function beginSession(by: 'key' | 'staff', wanted: readonly string[]): Promise<string> {
  if (by === 'staff') return sessionOfStaff(api.url, provider, { scope: wanted.join(' ') });
  return sessionOf(api.url, (await keyWith(scopesIn(wanted))).key);
}

let ended: Promise<string> | undefined;
function sessionOfAnEndedKey(): Promise<string> {
  ended ??= endSession();
  return ended;
}
/** Its end is known within seconds. */
async function endSession(): Promise<string> {
  const { id, key } = await keyWith(['admin']);
  const cookie = await sessionOf(api.url, key);
  await revokeApiKey(api.dataSource, id);
  const isOpen = async () =>
    (await fetch(`${api.url}/api/v1/notifications/events/`, { headers: { cookie } })).ok;
  for (const endedAt = performance.now(); await isOpen(); ) {
    if (performance.now() - endedAt > 10_000) throw new Error('the session outlives its key');
  }
  return cookie;
}

const nobody = { public: 'open', internal: 401, webhook: 401, scope: 401 } as const;
const powerless = { public: 'open', internal: 401, webhook: 401, scope: 403 } as const;
const rightful = { public: 'open', internal: 401, webhook: 401, scope: 'open' } as const;
const core = { public: 'open', internal: 'open', webhook: 401, scope: 401 } as const;
const carrier = { public: 'open', internal: 401, webhook: 'open', scope: 401 } as const;

/** By kind of caller: what it shows at a door, and what that opens. */
const callers: Record<string, Kind> = {
  'nobody in particular': [async () => ({}), nobody],
  'a key of another form': [async () => bearer('guess'), nobody],
  'an unknown key': [async () => bearer(`amb_live_${'x'.repeat(43)}`), nobody],
  'an unknown key as X-API-KEY': [
    async () => ({ 'x-api-key': `amb_live_${'x'.repeat(43)}` }),
    nobody,
  ],
  'an expired key': [async () => bearer((await keyWith([...scopes], new Date(1e12))).key), nobody],
  'a revoked key': [
    async () => {
      const { id, key } = await keyWith([...scopes]);
      await revokeApiKey(api.dataSource, id);
      return bearer(key);
    },
    nobody,
  ],
  'a key without the scope': [
    async ({ door }) => bearer((await keyWith(scopesBut(door))).key),
    powerless,
  ],
  'a key with the scope alone': [
    async ({ door }) => bearer((await keyWith(scopes.filter((scope) => scope === door))).key),
    rightful,
  ],
  'an administrator’s key': [async () => bearer((await keyWith(['admin'])).key), rightful],
  'staff without a scope': [async () => bearer(await provider.token({})), powerless],
  'staff without the scope': [
    async ({ door }) => bearer(await provider.token({ scope: scopesBut(door).join(' ') })),
    powerless,
  ],
  'staff with the scope alone': [
    async ({ door }) => bearer(await provider.token({ scope: door })),
    rightful,
  ],
  'staff with a token that expired': [
    async () => bearer(await provider.token({ scope: 'admin', exp: 1_700_000_000 })),
    nobody,
  ],
  'an administrator’s session': [
    async () => ({ cookie: await sessionFor('key', ['admin']), ...fromOwnPage }),
    rightful,
  ],
  'a session of staff with the scope alone': [
    async ({ door }) => ({
      cookie: await sessionFor('staff', door === 'public' ? ['read'] : [door]),
      ...fromOwnPage,
    }),
    rightful,
  ],
  'a session of staff without the scope': [
    async ({ door }) => ({ cookie: await sessionFor('staff', scopesBut(door)), ...fromOwnPage }),
    powerless,
  ],
  'a session whose key has ended': [
    async () => ({ cookie: await sessionOfAnEndedKey(), ...fromOwnPage }),
    nobody,
  ],
  'a session that is none': [
    async () => ({ cookie: 'ambacar-session=a.b.c.d.e', ...fromOwnPage }),
    nobody,
  ],
  'the core system': [async () => withSecret(secret), core],
  'the core system with the secret before': [async () => withSecret(previousSecret), core],
  'a wrong secret': [async () => withSecret('w'.repeat(40)), nobody],
  'a provider': [async () => asProvider(webhookSecret), carrier],
  'a provider with the secret before': [async () => asProvider('u'.repeat(40)), carrier],
  'a provider with a wrong secret': [async () => asProvider('w'.repeat(40)), nobody],
  'a provider with the secret of the core system': [async () => asProvider(secret), nobody],
};

describe('every operation of the document, and no other, lets in', () => {
  test.each(Object.entries(callers))('%s where it should', async (_, [headersFor, outcomes]) => {
    expect(await answersTo(headersFor)).toEqual(expected(outcomes));
  });
});

test('a page of another site looks with a session’s cookie, and changes nothing', async () => {
  const cookie = await sessionFor('key', ['admin']);
  const foreign = { cookie, 'sec-fetch-site': 'cross-site' };
  const answers = await answersTo(async () => foreign);
  const wrong = operations.filter(({ name, method, door }) => {
    if (door === 'public' || door === 'internal' || door === 'webhook') return false;
    return answers[name] !== `${door}: ${method === 'GET' ? 'open' : 403}`;
  });
  expect(wrong.map(({ name }) => `${name} ${answers[name]}`)).toEqual([]);
});

describe('scopes', () => {
  const named = (fits: (operation: Operation) => boolean) =>
    operations.filter(fits).map(({ name, door }) => `${name}: ${door}`);

  test('the internal API is behind its own door, and nothing else is', () => {
    expect(
      named(({ path, door }) => path.startsWith('/api/internal/') !== (door === 'internal')),
    ).toEqual([]);
  });

  test('those who carry messages are behind theirs, and nothing else is', () => {
    expect(
      named(({ path, door }) => path.startsWith('/api/v1/webhooks/') !== (door === 'webhook')),
    ).toEqual([]);
  });

  test('nothing is changed with `read`, save that a POST may only look, or mark what was read', () => {
    const looks = ['/preview/', '/test/', '/validate/', '/read/', '/read-all/'];
    expect(
      named(
        ({ method, path, door }) =>
          method !== 'GET' && door === 'read' && !looks.some((end) => path.endsWith(end)),
      ),
    ).toEqual([]);
  });

  test('who calls, and in whose name messages leave, is for administrators', () => {
    const guarded = /\/(?:api-keys|audit|channels|export|erase)\//;
    expect(named(({ path, door }) => guarded.test(path) && door !== 'admin')).toEqual([]);
    expect(
      named(
        ({ method, path, door }) =>
          /\/(?:talleres|staff-members)\//.test(path) && method !== 'GET' && door !== 'admin',
      ),
    ).toEqual([]);
  });
});
