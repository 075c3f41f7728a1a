import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { DispatchReceipt } from '#contracts/http/dispatch.dto.js';
import type { EventPage } from '#contracts/http/events.dto.js';
import type { ProblemView } from '#contracts/http/problem.dto.js';
import type { Scope } from '#domain/access/scopes.js';
import { createApiKey, revokeApiKey } from '#infrastructure/persistence/api-keys.js';
import {
  bodyOf,
  dispatchPath,
  exampleEvent,
  post,
  startTestApi,
  type TestApi,
} from './start-test-api.js';

let api: TestApi;
const north = '0190aaaa-0000-7000-8000-000000000001';
const events = '/api/v1/notifications/events/';

beforeAll(async () => {
  api = await startTestApi({ API_AUTH: 'keys' });
});
afterAll(() => api.close());

const keyWith = (scopes: Scope[], more: { tallerId?: string; expiresAt?: Date } = {}) =>
  createApiKey(api.dataSource, { name: 'test', scopes, ...more });
const bearer = (key: string) => ({ authorization: `Bearer ${key}` });
const dispatch = (key: string, change = {}) =>
  post(`${api.url}${dispatchPath}`, exampleEvent(change), bearer(key));

describe('a key of one workshop', () => {
  /** What it is told, without what belongs to the one request. */
  const told = async (path: string, body: object) => {
    const south = '0190aaaa-0000-7000-8000-000000000002';
    const { key } = await keyWith(['dispatch', 'write'], { tallerId: south });
    const answer = await post(api.url + path, body, bearer(key));
    const { request_id: _, ...problem } = await bodyOf<ProblemView>(answer);
    return problem;
  };

  test.each<[string, (theirs: string) => Promise<unknown>, string]>([
    ['customer', (id) => told(dispatchPath, exampleEvent({ customer_id: id })), 'customer-norte'],
    ['workshop', (id) => told(dispatchPath, exampleEvent({ taller_id: id })), 'taller-norte'],
    [
      'workshop in a body',
      (taller_id) =>
        told('/api/v1/notifications/customers/', { customer_id: 'own', name: 'Own', taller_id }),
      'taller-norte',
    ],
    [
      'customer of a vehicle',
      (customer_id) =>
        told('/api/v1/notifications/vehicles/', {
          vehicle_id: 'own',
          customer_id,
          plate: 'OWN001',
          make: 'MG',
          model: 'ZS',
        }),
      'customer-norte',
    ],
  ])('is told the same of another’s %s as of one that there is not', async (_, ask, theirs) => {
    expect(await ask(theirs)).toEqual(await ask('there-is-no-such'));
  });
});

describe('API keys', () => {
  test('only the hash is kept', async () => {
    const { id, key } = await keyWith(['read']);
    expect(key).toMatch(/^amb_live_[0-9A-Za-z]{43}$/);
    const [row] = await api.dataSource.query(
      'SELECT k::text AS text FROM api_key k WHERE id = $1',
      [id],
    );
    expect(row.text).not.toContain(key.slice(14));
  });

  test('401 with a challenge for no key, a wrong one, and one of another form', async () => {
    const presented: Record<string, string>[] = [
      {},
      bearer(`amb_live_${'x'.repeat(43)}`),
      { 'x-api-key': 'guess' },
    ];
    for (const headers of presented) {
      const answer = await fetch(`${api.url}${events}`, { headers });
      expect(answer.status).toBe(401);
      expect(answer.headers.get('www-authenticate')).toContain('Bearer');
      expect((await bodyOf<ProblemView>(answer)).code).toBe('unauthorized');
    }
  });

  test('202 with the scope, by either header; 403 without it', async () => {
    const { key } = await keyWith(['dispatch']);
    expect((await dispatch(key)).status).toBe(202);
    const byHeader = await post(`${api.url}${dispatchPath}`, exampleEvent(), { 'x-api-key': key });
    expect(byHeader.status).toBe(202);
    const answer = await fetch(`${api.url}${events}`, { headers: bearer(key) });
    expect(answer.status).toBe(403);
    expect(answer.headers.get('www-authenticate')).toContain('insufficient_scope');
  });

  test('401 for one that expired', async () => {
    const { key } = await keyWith(['read'], { expiresAt: new Date(Date.now() - 1000) });
    expect((await fetch(`${api.url}${events}`, { headers: bearer(key) })).status).toBe(401);
  });

  test('401 within seconds of its end', async () => {
    const { id, key } = await keyWith(['read']);
    const status = async () =>
      (await fetch(`${api.url}${events}`, { headers: bearer(key) })).status;
    expect(await status()).toBe(200);
    await revokeApiKey(api.dataSource, id);
    const revokedAt = performance.now();
    while ((await status()) !== 401) expect(performance.now() - revokedAt).toBeLessThan(15_000);
  });

  test('the same idempotency key of two callers names two events', async () => {
    const keys = await Promise.all([keyWith(['dispatch']), keyWith(['dispatch'])]);
    const answers = await Promise.all(
      keys.map(({ key }) =>
        post(`${api.url}${dispatchPath}`, exampleEvent(), {
          ...bearer(key),
          'idempotency-key': 'shared',
        }),
      ),
    );
    const ids = await Promise.all(
      answers.map(async (answer) => (await bodyOf<DispatchReceipt>(answer)).event_id),
    );
    expect(new Set(ids).size).toBe(2);
  });
});

describe('the key of a workshop', () => {
  test('dispatches for its own customers alone, and sees only its own events', async () => {
    const { key } = await keyWith(['dispatch', 'read'], { tallerId: north });
    const own = await dispatch(key, { customer_id: 'customer-norte' });
    expect(own.status).toBe(202);
    expect((await dispatch(key, { taller_id: 'taller-sur' })).status).toBe(403);
    const { key: south } = await keyWith(['dispatch', 'read'], {
      tallerId: '0190aaaa-0000-7000-8000-000000000002',
    });
    const foreign = await dispatch(south, { customer_id: 'customer-norte' });
    expect(foreign.status).toBe(400);
    expect((await bodyOf<ProblemView>(foreign)).code).toBe('unknown_customer');

    const { event_id } = await bodyOf<DispatchReceipt>(own);
    const read = (reader: string) =>
      fetch(`${api.url}${events}${event_id}/`, { headers: bearer(reader) });
    expect((await read(key)).status).toBe(200);
    expect((await read(south)).status).toBe(404);
    const list = await fetch(`${api.url}${events}`, { headers: bearer(key) });
    const { results } = await bodyOf<EventPage>(list);
    expect(results.map(({ id }) => id)).toEqual([event_id]);
  });
});

describe('what needs no key', () => {
  test.each([['/'], ['/health/live'], ['/health/ready'], ['/api/schema/'], ['/api/docs/']])(
    '200 for %s',
    async (path) => {
      expect((await fetch(`${api.url}${path}`)).status).toBe(200);
    },
  );

  test('the database tells strangers only whether it is well', async () => {
    const path = `${api.url}/api/v1/health/database/`;
    expect(await (await fetch(path)).json()).toEqual({ status: 'healthy' });
    const { key } = await keyWith(['read']);
    const known = await (await fetch(path, { headers: bearer(key) })).json();
    expect(known).toHaveProperty('database.version');
  });

  test('404 for the push key where push is not configured', async () => {
    const answer = await fetch(`${api.url}/api/v1/notifications/push/public-key/`);
    expect(answer.status).toBe(404);
  });

  test('every other route of the document asks for a key', async () => {
    const schema = await fetch(`${api.url}/api/schema/`);
    const { paths } = await bodyOf<{
      paths: Record<string, Record<string, { security: unknown[] }>>;
    }>(schema);
    for (const [path, item] of Object.entries(paths)) {
      for (const [method, operation] of Object.entries(item)) {
        if (operation.security.length === 0) continue;
        const target = api.url + path.replace('{id}', north);
        const answer = await fetch(target, { method: method.toUpperCase() });
        expect({ path, status: answer.status }).toEqual({ path, status: 401 });
      }
    }
  });
});
