import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startTestApi, type TestApi } from '../start-test-api.js';
import { customers } from './customers.case.js';
import { orchestration } from './orchestration.case.js';
import { reminders } from './reminders.case.js';
import type { ResourceCase } from './resource-case.js';
import { staffMembers } from './staff-members.case.js';
import { talleres } from './talleres.case.js';
import { templates } from './templates.case.js';
import { vehicles } from './vehicles.case.js';

const resources: Record<string, ResourceCase> = {
  orchestration,
  'staff members': staffMembers,
  talleres,
  templates,
  customers,
  vehicles,
  reminders,
};

type Json = Record<string, unknown>;
let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

describe.each(Object.entries(resources))('%s', (_, resource) => {
  const { path, idMember = 'id' } = resource;
  beforeAll(() => resource.prepare?.(api.dataSource));
  let last = 0;
  const fresh = () => {
    last += 1;
    return resource.make(last);
  };

  async function send(method: string, target: string, body?: unknown, headers: object = {}) {
    const answer = await fetch(api.url + target, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await answer.text();
    const json: Json = text === '' ? {} : JSON.parse(text);
    return { status: answer.status, headers: answer.headers, body: json };
  }
  const one = (made: Json) => `${path}${encodeURIComponent(String(made[idMember]))}/`;
  async function make(): Promise<{ sent: Json; made: Json; etag: string; number: number }> {
    const sent = fresh();
    const { status, body, headers } = await send('POST', path, sent);
    expect({ status, body }).toEqual({ status: 201, body: expect.objectContaining(sent) });
    return { sent, made: body, etag: headers.get('etag') ?? '', number: last };
  }
  const idsOf = (body: Json): unknown[] =>
    Array.isArray(body.results) ? body.results.map((row: Json) => row[idMember]) : [];

  test('201 tells what was made, as a GET tells it then, with the same ETag', async () => {
    const { made, etag } = await make();
    const read = await send('GET', one(made));
    expect(read).toMatchObject({ status: 200, body: made });
    expect(read.headers.get('etag')).toBe(etag);
    const again = await send('GET', one(made), undefined, { 'if-none-match': etag });
    expect(again.status).toBe(304);
  });

  test('a path without the last slash is answered alike', async () => {
    const { made } = await make();
    expect(await send('GET', one(made).slice(0, -1))).toMatchObject({ status: 200, body: made });
    expect((await send('GET', path.slice(0, -1))).status).toBe(200);
  });

  test('a type of JSON without a body is no body: clients send it with every request', async () => {
    const { made } = await make();
    const headers = { 'content-type': 'application/json' };
    expect((await send('GET', one(made), undefined, headers)).status).toBe(200);
    for (const [method, target] of [
      ['POST', path],
      ['PUT', one(made)],
      ['PATCH', one(made)],
    ] as const) {
      const { status, body } = await send(method, target, undefined, headers);
      expect([method, status, Object.keys(body.errors ?? {})]).toEqual([method, 400, ['body']]);
    }
    expect((await send('DELETE', one(made), undefined, headers)).status).toBe(204);
  });

  test('404 for one that there is not, whatever the method', async () => {
    const { made, sent } = await make();
    expect((await send('DELETE', one(made))).status).toBe(204);
    const whole = fresh();
    for (const [method, body] of [
      ['GET', undefined],
      ['PUT', { ...sent, ...whole }],
      ['PATCH', resource.patch],
      ['DELETE', undefined],
    ] as const) {
      const { status, body: problem } = await send(method, one(made), body);
      expect([method, status, problem.code]).toEqual([method, 404, 'not_found']);
    }
  });

  test('400 names each required member that is missing, on POST and on PUT', async () => {
    const { made } = await make();
    for (const member of resource.required) {
      const { [member]: _left, ...rest } = fresh();
      for (const [method, target] of [
        ['POST', path],
        ['PUT', one(made)],
      ] as const) {
        const { status, body } = await send(method, target, rest);
        expect([method, status, Object.keys(body.errors ?? {})]).toEqual([method, 400, [member]]);
      }
    }
    expect((await send('GET', one(made))).body).toEqual(made);
  });

  test.each(resource.invalid.map(([member, value]) => [member, JSON.stringify(value), value]))(
    '400 names %s when it is %s, and nothing is changed',
    async (member, _shown, value) => {
      const { made, sent } = await make();
      const before = (await send('GET', path)).body.count;
      const bad = { ...fresh(), [String(member)]: value };
      for (const [method, target, body] of [
        ['POST', path, bad],
        ['PUT', one(made), { ...sent, [String(member)]: value }],
        ['PATCH', one(made), { [String(member)]: value }],
      ] as const) {
        const { status, body: problem } = await send(method, target, body);
        expect([method, status, Object.keys(problem.errors ?? {})]).toEqual([
          method,
          400,
          [expect.stringMatching(new RegExp(`^${member}`))],
        ]);
      }
      expect((await send('GET', one(made))).body).toEqual(made);
      expect((await send('GET', path)).body.count).toBe(before);
    },
  );

  test('PATCH keeps what is absent; PUT gives it back its default', async () => {
    const { made, sent } = await make();
    const patched = await send('PATCH', one(made), resource.patch);
    const kept = { ...made, ...resource.patch, updated_at: patched.body.updated_at };
    expect(patched).toMatchObject({ status: 200, body: kept });
    expect((await send('GET', one(made))).body).toEqual(patched.body);
    const put = await send('PUT', one(made), sent);
    expect(put.status).toBe(200);
    expect({ ...put.body, updated_at: '' }).toEqual({ ...made, updated_at: '' });
  });

  test('an empty PATCH changes nothing', async () => {
    const { made, etag } = await make();
    const { status, body, headers } = await send('PATCH', one(made), {});
    expect({ status, body, etag: headers.get('etag') }).toEqual({ status: 200, body: made, etag });
  });

  test('412 for a change of a state that is no more, by every method', async () => {
    const { made, sent, etag } = await make();
    const now = await send('PATCH', one(made), resource.patch, { 'if-match': etag });
    expect(now.status).toBe(200);
    for (const [method, body] of [
      ['PUT', sent],
      ['PATCH', resource.patch],
      ['DELETE', undefined],
    ] as const) {
      const { status, body: problem } = await send(method, one(made), body, { 'if-match': etag });
      expect([method, status, problem.code]).toEqual([method, 412, 'changed_meanwhile']);
    }
    const tag = now.headers.get('etag') ?? '';
    expect((await send('DELETE', one(made), undefined, { 'if-match': tag })).status).toBe(204);
  });

  test('of two changes for the same state at the same moment, one wins and one is told', async () => {
    const { made, etag } = await make();
    const both = await Promise.all(
      [resource.patch, resource.patch].map((patch) =>
        send('PATCH', one(made), patch, { 'if-match': etag }),
      ),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
  });

  test('a POST repeated under its key makes one; with another body it is a 422', async () => {
    const body = fresh();
    const headers = { 'idempotency-key': `${path}-${last}` };
    const [first, twin] = await Promise.all([
      send('POST', path, body, headers),
      send('POST', path, body, headers),
    ]);
    const made = first.status === 201 ? first : twin;
    expect([201, 409]).toContain(first.status);
    const again = await send('POST', path, body, headers);
    expect(again).toMatchObject({ status: 201, body: made.body });
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(again.headers.get('etag')).toBe(made.headers.get('etag'));
    expect(JSON.stringify(again.body)).toBe(JSON.stringify(made.body));
    const other = await send('POST', path, fresh(), headers);
    expect(other).toMatchObject({ status: 422, body: { code: 'idempotency_key_reused' } });
  });

  test('a key makes a difference to a POST alone', async () => {
    const { made } = await make();
    const headers = { 'idempotency-key': `any-${one(made)}` };
    expect((await send('PATCH', one(made), {}, headers)).status).toBe(200);
    expect((await send('DELETE', one(made), undefined, headers)).status).toBe(204);
    expect((await send('DELETE', one(made), undefined, headers)).status).toBe(404);
  });

  test('a list is paged without gaps or repeats, in every ordering', async () => {
    for (let number = 0; number < 5; number += 1) await make();
    for (const ordering of resource.orderings) {
      const seen: unknown[] = [];
      let next: unknown = `${api.url}${path}?page_size=2&ordering=${ordering}`;
      let count: unknown;
      while (typeof next === 'string') {
        const { status, body } = await send('GET', next.slice(api.url.length));
        expect(status).toBe(200);
        seen.push(...idsOf(body));
        ({ next, count } = body);
      }
      expect(new Set(seen).size).toBe(seen.length);
      expect(count).toBe(seen.length);
    }
  });

  test('a search finds it whatever case and accents, and a filter too', async () => {
    const { made, number } = await make();
    const queries = [
      ...(resource.search?.(number) ?? []).map((words) => `search=${encodeURIComponent(words)}`),
      ...resource.filters(made),
    ];
    for (const query of queries) {
      const { status, body } = await send('GET', `${path}?page_size=100&${query}`);
      expect([query, status]).toEqual([query, 200]);
      expect(idsOf(body)).toContain(made[idMember]);
    }
    if (!resource.search) return;
    for (const words of ['%_no such words', '％no such words']) {
      const { body } = await send('GET', `${path}?search=${encodeURIComponent(words)}`);
      expect([words, body]).toMatchObject([words, { count: 0, results: [] }]);
    }
  });

  test('a search, filter or ordering that is left empty asks for nothing', async () => {
    const { made } = await make();
    const { count } = (await send('GET', path)).body;
    const filters = resource.filters(made).flatMap((query) => query.split('=', 1));
    for (const name of ['search', 'ordering', 'page', 'page_size', ...filters]) {
      const { status, body } = await send('GET', `${path}?${name}=`);
      expect([name, status, body.count]).toEqual([name, 200, count]);
    }
  });

  test('400 for a filter, an ordering or a page that is not known', async () => {
    for (const [query, parameter] of [
      ...resource.badFilters,
      ['no_such_filter=1', 'no_such_filter'],
      ['ordering=no_such_column', 'ordering'],
      ['page=0', 'page'],
      ['page_size=101', 'page_size'],
    ]) {
      const { status, body } = await send('GET', `${path}?${query}`);
      expect([query, status, Object.keys(body.errors ?? {})]).toEqual([query, 400, [parameter]]);
    }
  });
});
