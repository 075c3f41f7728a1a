import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ApiKeyMade, ApiKeyPage, ApiKeyView } from '#contracts/http/api-keys.dto.js';
import type { DispatchReceipt } from '#contracts/http/dispatch.dto.js';
import type { ProblemView } from '#contracts/http/problem.dto.js';
import type { Scope } from '#domain/access/scopes.js';
import { createApiKey } from '#infrastructure/persistence/api-keys.js';
import { northId, southId } from './resources/resource-case.js';
import {
  bodyOf,
  dispatchPath,
  exampleEvent,
  post,
  startTestApi,
  type TestApi,
} from './start-test-api.js';

type Refused = Pick<ProblemView, 'errors'>;
const keysPath = '/api/v1/notifications/api-keys/';
const events = '/api/v1/notifications/events/';
let api: TestApi;
let admin: string;
let north: string;

beforeAll(async () => {
  api = await startTestApi({});
  admin = await keyWith(['admin']);
  north = await keyWith(['admin'], northId);
});
afterAll(() => api.close());

async function keyWith(scopes: Scope[], tallerId: string | null = null): Promise<string> {
  const { key } = await createApiKey(api.dataSource, { name: 'test', scopes, tallerId });
  return key;
}
async function send<T = ApiKeyView & Refused>(
  key: string,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<{ status: number; headers: Headers; body: T }> {
  const answer = await fetch(api.url + path, {
    method,
    headers: {
      authorization: `Bearer ${key}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await answer.text();
  const read: T = JSON.parse(text === '' ? '{}' : text);
  return { status: answer.status, headers: answer.headers, body: read };
}
async function make(wanted: Record<string, unknown> = {}, by = admin) {
  const body = { name: 'Sistema central', scopes: ['read'], ...wanted };
  const made = await send<ApiKeyMade & Refused>(by, 'POST', keysPath, body);
  return { ...made, key: made.body.key ?? '', one: `${keysPath}${made.body.id}/` };
}
async function rotate(one: string, body?: unknown) {
  const { status, body: next } = await send<ApiKeyMade & Refused>(
    admin,
    'POST',
    `${one}rotate/`,
    body,
  );
  return { status, next, key: next.key ?? '' };
}
const statusWith = async (key: string) => (await send(key, 'GET', events)).status;
const listed = async (key = admin) =>
  (await send<ApiKeyPage>(key, 'GET', `${keysPath}?page_size=100`)).body.results;

describe('a key that is made', () => {
  test('is told this once, and works', async () => {
    const { status, body, key, one } = await make({ taller_id: 'taller-norte' });
    expect({ status, body }).toMatchObject({
      status: 201,
      body: { scopes: ['read'], taller_id: northId, status: 'active', last_used_at: null },
    });
    expect(await statusWith(key)).toBe(200);
    const read = await send(admin, 'GET', one);
    expect(read.body).not.toHaveProperty('key');
    expect(read.body.last_used_at).not.toBeNull();
    expect(key.startsWith(read.body.prefix)).toBe(true);
    expect(JSON.stringify(await listed())).not.toContain(key);
  });

  test('is not told again by a repeat under the same idempotency key, nor kept for it', async () => {
    const headers = { 'idempotency-key': 'make-once' };
    const body = { name: 'Una vez', scopes: ['read'] };
    const first = await send<ApiKeyMade>(admin, 'POST', keysPath, body, headers);
    const again = await send<ApiKeyMade>(admin, 'POST', keysPath, body, headers);
    expect(first.body.key).toMatch(/^amb_live_/);
    expect(again).toMatchObject({ status: 201, body: { ...first.body, key: null } });
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    const rows = await api.dataSource.query('SELECT k::text FROM idempotency_key k');
    expect(JSON.stringify(rows)).not.toContain(first.body.key?.slice(14));
  });

  test.each([
    [{ scopes: [] }, 'scopes'],
    [{ scopes: ['everything'] }, 'scopes'],
    [{ scopes: ['read', 'read'] }, 'scopes'],
    [{ scopes: 'read' }, 'scopes'],
    [{ name: '' }, 'name'],
    [{ taller_id: 'no-such' }, 'taller_id'],
    [{ expires_at: '2026-01-01T00:00:00Z' }, 'expires_at'],
    [{ hash: 'mine' }, 'hash'],
  ])('is refused as %j, by name', async (wanted, field) => {
    const { status, body } = await make(wanted);
    expect([status, Object.keys(body.errors ?? {})]).toEqual([400, [field]]);
  });
});

describe('a change of a key', () => {
  test('counts at once where it is made', async () => {
    const { key, one } = await make();
    expect(await statusWith(key)).toBe(200);
    const { status, body } = await send(admin, 'PATCH', one, { scopes: ['dispatch'], name: 'x' });
    expect({ status, body }).toMatchObject({ status: 200, body: { scopes: ['dispatch'] } });
    expect(await statusWith(key)).toBe(403);
  });

  test('cannot give it to another workshop, nor end it in the past', async () => {
    const { one } = await make();
    for (const [patch, field] of [
      [{ taller_id: southId }, 'taller_id'],
      [{ expires_at: '2026-01-01T00:00:00Z' }, 'expires_at'],
    ] as const) {
      const { status, body } = await send(admin, 'PATCH', one, patch);
      expect([status, Object.keys(body.errors ?? {})]).toEqual([400, [field]]);
    }
  });

  test('412 when it was changed meanwhile', async () => {
    const { one } = await make();
    const etag = (await send(admin, 'GET', one)).headers.get('etag') ?? '';
    const patch = () => send(admin, 'PATCH', one, { name: 'otro' }, { 'if-match': etag });
    expect((await patch()).status).toBe(200);
    expect((await patch()).status).toBe(412);
  });
});

describe('a key that is revoked', () => {
  test('is refused at once here, stays in the list, and cannot come back', async () => {
    const { key, one, body } = await make();
    expect(await statusWith(key)).toBe(200);
    expect((await send(admin, 'DELETE', one)).status).toBe(204);
    expect(await statusWith(key)).toBe(401);
    expect(await listed()).toContainEqual(
      expect.objectContaining({ id: body.id, status: 'revoked' }),
    );
    expect((await send(admin, 'DELETE', one)).status).toBe(204);
    for (const [method, path, change] of [
      ['PATCH', one, { expires_at: null }],
      ['POST', `${one}rotate/`, {}],
    ] as const) {
      const { status, body: problem } = await send(admin, method, path, change);
      expect([status, problem.errors]).toEqual([400, { id: ['has been revoked'] }]);
    }
  });
});

describe('a rotation', () => {
  test('gives a new key, and lets the old one go on for a day', async () => {
    const { key, one, body } = await make({ scopes: ['read', 'dispatch'] });
    const { status, next, key: nextKey } = await rotate(one);
    expect(status).toBe(201);
    expect(next).toMatchObject({ scopes: ['read', 'dispatch'], name: body.name, expires_at: null });
    expect([await statusWith(key), await statusWith(nextKey)]).toEqual([200, 200]);
    const old = (await listed()).find(({ id }) => id === body.id);
    expect(old).toMatchObject({ replaced_by: next.id, status: 'active' });
    const leftMs = Date.parse(old?.expires_at ?? '') - Date.now();
    expect(leftMs).toBeGreaterThan(86_000_000);
    expect(leftMs).toBeLessThanOrEqual(86_400_000);
    expect(await rotate(one)).toMatchObject({ status: 400 });
  });

  test('with a grace of 0 ends the old one at once', async () => {
    const { key, one } = await make();
    expect(await statusWith(key)).toBe(200);
    const { key: next } = await rotate(one, { grace_seconds: 0 });
    expect([await statusWith(key), await statusWith(next)]).toEqual([401, 200]);
  });

  test('never lengthens the life of the old one', async () => {
    const soon = new Date(Date.now() + 60_000).toISOString();
    const { one, body } = await make({ expires_at: soon });
    const { next } = await rotate(one, { expires_at: null });
    expect(next.expires_at).toBeNull();
    expect((await send(admin, 'GET', one)).body.expires_at).toBe(body.expires_at);
  });

  test('keeps the caller: a dispatch repeated under the new key is a repeat', async () => {
    const { key, one } = await make({ scopes: ['dispatch'] });
    const dispatch = async (by: string) => {
      const headers = { authorization: `Bearer ${by}`, 'idempotency-key': 'across' };
      const answer = await post(`${api.url}${dispatchPath}`, exampleEvent(), headers);
      return (await bodyOf<DispatchReceipt>(answer)).event_id;
    };
    const first = await dispatch(key);
    const { key: next } = await rotate(one);
    expect(await dispatch(next)).toBe(first);
  });
});

describe('the administrator of one workshop', () => {
  test('makes keys for it alone', async () => {
    expect((await make({}, north)).body).toMatchObject({ taller_id: northId });
    for (const taller_id of [null, 'taller-sur', southId]) {
      expect((await make({ taller_id }, north)).status).toBe(403);
    }
  });

  test('sees and changes no other keys', async () => {
    const { one, key } = await make({ taller_id: southId });
    for (const [method, path, body] of [
      ['GET', one, undefined],
      ['PATCH', one, { name: 'mía' }],
      ['DELETE', one, undefined],
      ['POST', `${one}rotate/`, {}],
    ] as const) {
      expect((await send(north, method, path, body)).status).toBe(404);
    }
    expect(await statusWith(key)).toBe(200);
    const talleres = (await listed(north)).map(({ taller_id }) => taller_id);
    expect(new Set(talleres)).toEqual(new Set([northId]));
  });
});

test('without `admin` nothing is told', async () => {
  const key = await keyWith(['read', 'write', 'dispatch']);
  expect((await send(key, 'GET', keysPath)).status).toBe(403);
  expect((await make({}, key)).status).toBe(403);
});

test('keys are found by name, beginning, status and workshop', async () => {
  const { body, one } = await make({ name: 'Kiosco Núñez', taller_id: southId });
  await send(admin, 'DELETE', one);
  for (const query of [
    'search=nunez',
    `search=${body.prefix}`,
    'status=revoked',
    'taller_id=taller-sur',
    'ordering=name',
  ]) {
    const page = await send<ApiKeyPage>(admin, 'GET', `${keysPath}?page_size=100&${query}`);
    expect(page.body.results.map(({ id }) => id)).toContain(body.id);
  }
  for (const query of ['status=active', 'status=expired', 'taller_id=null', 'search=%25']) {
    const page = await send<ApiKeyPage>(admin, 'GET', `${keysPath}?page_size=100&${query}`);
    expect(page.body.results.map(({ id }) => id)).not.toContain(body.id);
  }
});

test('the audit trail names who did what, and holds no key', async () => {
  const { body, key, one } = await make();
  await send(admin, 'PATCH', one, { name: 'Otro nombre' });
  const { key: next } = await rotate(one);
  await send(admin, 'DELETE', one);
  const rows: { action: string; text: string }[] = await api.dataSource.query(
    `SELECT action, a::text AS text FROM audit_entry a
     WHERE resource = 'api_key' AND resource_id = $1 ORDER BY at`,
    [body.id],
  );
  const actions = rows.map(({ action }) => action);
  expect(actions).toEqual(['created', 'changed', 'rotated', 'revoked']);
  for (const secret of [key, next]) {
    expect(rows.map(({ text }) => text).join()).not.toContain(secret.slice(14));
    expect(JSON.stringify(api.log)).not.toContain(secret.slice(14));
  }
});
