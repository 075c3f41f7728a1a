import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { type Scope, scopes } from '#domain/access/scopes.js';
import { createApiKey, revokeApiKey } from '#infrastructure/persistence/api-keys.js';
import {
  type Door,
  type Operation,
  pathToNothing,
  readOperations,
  scopesBut,
} from './authorisation/operations.js';
import {
  bodyFor,
  makeThing,
  type OwnedThing,
  type Owner,
  type Post,
  pathOf,
  thingOf,
} from './authorisation/owned-things.js';
import { IdentityProvider } from './identity-provider.js';
import { orchestration } from './resources/orchestration.case.js';
import { northId, southId } from './resources/resource-case.js';
import { startTestApi, type TestApi } from './start-test-api.js';

// A thousand requests and more, on two cores that others want, too.
jest.setTimeout(120_000);

const secret = 's'.repeat(40);
const previousSecret = 'p'.repeat(40);
let api: TestApi;
let provider: IdentityProvider;
let operations: Operation[];

beforeAll(async () => {
  provider = await new IdentityProvider().open();
  await provider.addKey('first');
  api = await startTestApi({
    INTERNAL_API_SECRET_KEY: secret,
    INTERNAL_API_SECRET_KEY_PREVIOUS: previousSecret,
    OIDC_ISSUER: provider.issuer,
    OIDC_AUDIENCE: 'ambacar',
    RATE_LIMIT_PER_MINUTE: '0',
    RATE_LIMIT_FAILED_AUTH_PER_MINUTE: '0',
    SECRET_KEY: 'k'.repeat(32),
  });
  await orchestration.prepare?.(api.dataSource);
  operations = await readOperations(api.url);
});
afterAll(async () => {
  await api.close();
  await provider.close();
});

type Headers = Record<string, string>;
const bearer = (key: string): Headers => ({ authorization: `Bearer ${key}` });
const withSecret = (shown: string): Headers => ({ 'x-internal-secret': shown });

async function keyWith(wanted: Scope[], more: { tallerId?: string; expiresAt?: Date } = {}) {
  return createApiKey(api.dataSource, { name: 'matrix', scopes: wanted, ...more });
}

function send(method: string, path: string, headers: Headers, body?: unknown): Promise<Response> {
  return fetch(api.url + path, {
    method,
    headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
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
    const answer = await send(operation.method, pathToNothing(operation), headers);
    await answer.arrayBuffer();
    answers[operation.name] = `${operation.door}: ${outcomeOf(answer.status)}`;
  }
  return answers;
}

function expected(outcomes: Record<'public' | 'internal' | 'scope', Outcome>) {
  const outcomeAt = (door: Door) =>
    door === 'public' || door === 'internal' ? outcomes[door] : outcomes.scope;
  return Object.fromEntries(
    operations.map(({ name, door }) => [name, `${door}: ${outcomeAt(door)}`]),
  );
}

const nobody = { public: 'open', internal: 401, scope: 401 } as const;
const powerless = { public: 'open', internal: 401, scope: 403 } as const;
const rightful = { public: 'open', internal: 401, scope: 'open' } as const;
const core = { public: 'open', internal: 'open', scope: 401 } as const;

/** By kind of caller: what it shows at a door, and what that opens. */
const callers: Record<
  string,
  [(operation: Operation) => Promise<Headers>, Record<'public' | 'internal' | 'scope', Outcome>]
> = {
  'nobody in particular': [async () => ({}), nobody],
  'a key of another form': [async () => bearer('guess'), nobody],
  'an unknown key': [async () => bearer(`amb_live_${'x'.repeat(43)}`), nobody],
  'an unknown key as X-API-KEY': [
    async () => ({ 'x-api-key': `amb_live_${'x'.repeat(43)}` }),
    nobody,
  ],
  'an expired key': [
    async () => bearer((await keyWith([...scopes], { expiresAt: new Date(1e12) })).key),
    nobody,
  ],
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
  'the core system': [async () => withSecret(secret), core],
  'the core system with the secret before': [async () => withSecret(previousSecret), core],
  'a wrong secret': [async () => withSecret('w'.repeat(40)), nobody],
};

describe('every operation of the document, and no other, lets in', () => {
  test.each(Object.entries(callers))('%s where it should', async (_, [headersFor, outcomes]) => {
    expect(await answersTo(headersFor)).toEqual(expected(outcomes));
  });
});

describe('scopes', () => {
  const named = (fits: (operation: Operation) => boolean) =>
    operations.filter(fits).map(({ name, door }) => `${name}: ${door}`);

  test('the internal API is behind its own door, and nothing else is', () => {
    expect(
      named(({ path, door }) => path.startsWith('/api/internal/') !== (door === 'internal')),
    ).toEqual([]);
  });

  test('nothing is changed with `read`, save that a POST may only look', () => {
    const looks = ['/preview/', '/test/', '/validate/'];
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

describe('the key of one workshop', () => {
  let all: Headers;
  let north: Headers;
  const post: Post = async (path, body) => {
    const answer = await send('POST', path, all, body);
    const text = await answer.text();
    if (!answer.ok) throw new Error(`POST ${path} answered ${answer.status}: ${text}`);
    return JSON.parse(text);
  };
  const things = () => operations.filter((operation) => thingOf(operation) !== undefined);
  /** The thing as someone who may see all sees it. */
  const stateOf = async (operation: Operation, { id }: OwnedThing) => {
    const one = thingOf(operation) ?? '';
    const answer = await send('GET', pathOf({ ...operation, path: one }, { id, bodies: {} }), all);
    return [answer.status, await answer.text()];
  };
  const statusOf = async (operation: Operation, thing: OwnedThing) => {
    const body = bodyFor(operation, thing);
    const answer = await send(operation.method, pathOf(operation, thing), north, body);
    await answer.arrayBuffer();
    return answer.status;
  };

  beforeAll(async () => {
    all = bearer((await keyWith([...scopes])).key);
    north = bearer((await keyWith([...scopes], { tallerId: northId })).key);
  });

  test('is tried on a thing of every collection that takes a POST', () => {
    const collections = operations.filter(
      ({ method, path, door }) => method === 'POST' && door !== 'internal' && !path.includes('{'),
    );
    const ones = operations
      .map(({ path }) => path)
      .filter((path) => /^[^{]*\{[^}]+\}\/$/.test(path));
    const untried = ones.filter(
      (one) =>
        collections.some(({ path }) => one.startsWith(path)) &&
        !things().some(({ path }) => path === one),
    );
    expect(untried).toEqual([]);
  });

  test('finds its own things', async () => {
    const answers: Record<string, number> = {};
    for (const operation of things().filter(({ method }) => method === 'GET')) {
      const thing = await makeThing(operation, northId, post);
      answers[operation.name] = await statusOf(operation, thing);
    }
    expect(Object.entries(answers).filter(([, status]) => status !== 200)).toEqual([]);
  });

  test('may change its own things', async () => {
    // These concern more than one workshop, or could make us call any address.
    const closed = /talleres\/\{id\}\/(?:channels\/.*)?$/;
    const refused: string[] = [];
    for (const operation of things().filter(({ method }) => method !== 'GET')) {
      const thing = await makeThing(operation, northId, post);
      const status = await statusOf(operation, thing);
      const isBelow = (operation.path.match(/\{/g) ?? []).length > 1;
      const isFine = isSure(operation, thing) ? status < 300 : status === 400;
      if (isFine || closed.test(operation.path) || (isBelow && status === 404)) continue;
      refused.push(`${operation.name}: ${status}`);
    }
    expect(refused).toEqual([]);
  });

  test.each<[string, Owner]>([
    ['another workshop', southId],
    ['none', null],
  ])('changes nothing that belongs to %s', async (_, owner) => {
    const wrong: string[] = [];
    for (const operation of things().filter(({ method }) => method !== 'GET')) {
      // A workshop is nobody's but its own.
      if (owner === null && operation.path.includes('/talleres/')) continue;
      const thing = await makeThing(operation, owner, post);
      const before = await stateOf(operation, thing);
      const status = await statusOf(operation, thing);
      const isRefused =
        status === 403 || status === 404 || (status === 400 && !isSure(operation, thing));
      if (!isRefused) wrong.push(`${operation.name}: ${status}`);
      expect([operation.name, await stateOf(operation, thing)]).toEqual([operation.name, before]);
    }
    expect(wrong).toEqual([]);
  });

  test('finds nothing of another workshop: 404 for one, and no list has it', async () => {
    const foreign: string[] = [];
    const answers: Record<string, number> = {};
    for (const operation of things().filter(({ method }) => method === 'GET')) {
      const thing = await makeThing(operation, southId, post);
      foreign.push(thing.id);
      answers[operation.name] = await statusOf(operation, thing);
    }
    expect(Object.entries(answers).filter(([, status]) => status !== 404)).toEqual([]);

    const lists = operations.filter(
      ({ method, path, door }) => method === 'GET' && !path.includes('{') && door !== 'internal',
    );
    const leaks: string[] = [];
    for (const { name, path } of lists) {
      const answer = await send('GET', `${path}?page_size=100`, north);
      const text = answer.status === 400 ? await textOf(path) : await answer.text();
      for (const id of foreign) if (text.includes(JSON.stringify(id))) leaks.push(`${name}: ${id}`);
    }
    expect(leaks).toEqual([]);
  });

  const textOf = async (path: string) => (await send('GET', path, north)).text();
  /** Whether the body is one that the operation would take from the thing's owner. */
  const isSure = (operation: Operation, thing: OwnedThing) =>
    !operation.hasBody || bodyFor(operation, thing) !== undefined;
});
