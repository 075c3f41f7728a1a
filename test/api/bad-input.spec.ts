import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ProblemView } from '#contracts/http/problem.dto.js';
import {
  bodyOf,
  dispatchPath,
  exampleEvent,
  post,
  startTestApi,
  type TestApi,
} from './start-test-api.js';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

/** The answer's status and the fields that its problem names. */
async function problemOf(answer: Response) {
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  const { errors = {}, ...problem } = await bodyOf<ProblemView>(answer);
  expect(problem).toMatchObject({
    status: answer.status,
    title: expect.any(String),
    code: expect.any(String),
    instance: expect.any(String),
    request_id: answer.headers.get('x-request-id'),
  });
  return { status: answer.status, fields: Object.keys(errors), errors };
}

const dispatch = async (body: unknown, headers?: Record<string, string>) =>
  problemOf(await post(`${api.url}${dispatchPath}`, body, headers));

const withContext = (member: string) =>
  JSON.stringify(exampleEvent()).replace('"nombre"', `${member},"nombre"`);

describe('a body', () => {
  test.each([
    ['is no JSON', '{"event_type": "a",\n  oops}', /line 2, column 3/],
    ['ends too soon', '{"event_type": "a"', /line 1, column 19/],
    ['goes on after its end', '{} {}', /line 1, column 4/],
    ['holds a raw control character', '{"a": "\u0001"}', /line 1, column 7/],
    ['has a comma too many', '[1,]', /line 1, column 4/],
  ])('400 says where it %s', async (_what, body, place) => {
    const { status, errors } = await dispatch(body);
    expect(status).toBe(400);
    expect(errors.body?.[0]).toMatch(place);
  });

  test.each([['[]'], ['null'], ['"text"'], ['7'], ['']])(
    '400 unless it is an object: %s',
    async (body) => {
      expect(await dispatch(body)).toMatchObject({ status: 400, fields: ['body'] });
    },
  );

  test('400 for JSON nested past 16 levels, and far past it', async () => {
    for (const depth of [17, 100_000]) {
      const body = `{"context": {"a": ${'['.repeat(depth)}${']'.repeat(depth)}}}`;
      const { status, errors } = await dispatch(body);
      expect(status).toBe(400);
      expect(errors.body).toEqual(['nests deeper than 16 levels']);
    }
  });

  test('413 past 256 KiB names the limit', async () => {
    const { status, errors } = await dispatch(
      exampleEvent({ context: { a: 'x'.repeat(1 << 20) } }),
    );
    expect(status).toBe(413);
    expect(errors.body?.[0]).toContain('262144');
  });

  test.each([
    ['__proto__', '"__proto__":{"x":1}', 'context.__proto__'],
    ['an escaped __proto__', '"\\u005f_proto__":1', 'context.__proto__'],
    ['constructor', '"a":{"constructor":{"prototype":{}}}', 'context.a.constructor'],
    ['a NUL', '"nota":"a\\u0000b"', 'context.nota'],
    ['half a surrogate pair', '"nota":["\\ud800"]', 'context.nota.0'],
    ['a number past all measure', '"km":1e999', 'context.km'],
    ['a number that would lose digits', '"orden":12345678901234567890', 'context.orden'],
    ['a NUL in a name', '"a\\u0000":1', 'context.a\ufffd'],
  ])('400 names the place of %s', async (_what, member, path) => {
    expect(await dispatch(withContext(member))).toMatchObject({ status: 400, fields: [path] });
  });

  test('400 names the field that is not UTF-8', async () => {
    const text = JSON.stringify(exampleEvent({ business_key: 'caf@' }));
    const bytes = Uint8Array.from(Buffer.from(text), (byte) => byte);
    bytes[text.indexOf('@')] = 0xe9;
    const answer = await fetch(`${api.url}${dispatchPath}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: bytes,
    });
    expect(await problemOf(answer)).toMatchObject({ status: 400, fields: ['business_key'] });
  });

  test.each([
    ['event_type', 'Bad Type'],
    ['event_type', 7],
    ['service_type_id', ''],
    ['phase_id', ['phase-schedule']],
    ['customer_id', 'x'.repeat(101)],
    ['target', 'everyone'],
    ['context', ['a']],
    ['context', Object.fromEntries(Array.from({ length: 101 }, (_, n) => [`k${n}`, n]))],
    ['context', { a: 'x'.repeat(33_000) }],
    ['business_key', 'x'.repeat(201)],
    ['valid_until', '2026-01-20T14:30:00'],
    ['valid_until', '2026-02-30T14:30:00Z'],
    ['scheduled_for', 'tomorrow'],
    ['scheduled_for', '9999-12-31T23:59:59-05:00'],
    ['priority', 'urgent'],
    ['critical', 'true'],
    ['dry_run', 1],
    ['no_such_member', 1],
    ['toString', 1],
  ])('400 names %s when it is %j', async (field, value) => {
    const { status, fields } = await dispatch(exampleEvent({ [field]: value }));
    expect({ status, fields }).toEqual({ status: 400, fields: [field] });
  });

  test('400 names every missing member at once', async () => {
    const { fields } = await dispatch({});
    expect(fields).toEqual(
      expect.arrayContaining([
        'event_type',
        'service_type_id',
        'phase_id',
        'customer_id',
        'target',
      ]),
    );
  });

  test.each([['text/plain'], ['application/x-www-form-urlencoded'], ['nonsense']])(
    '415 for %s',
    async (type) => {
      expect((await dispatch('{}', { 'content-type': type })).status).toBe(415);
    },
  );
});

describe('a path', () => {
  const events = '/api/v1/notifications/events/';

  test('404 for an unknown one, 405 with Allow for another method', async () => {
    expect(await problemOf(await fetch(`${api.url}/no/such`))).toMatchObject({ status: 404 });
    const wrong = await fetch(`${api.url}${dispatchPath}`, { method: 'DELETE' });
    expect(wrong.headers.get('allow')).toBe('POST');
    expect((await problemOf(wrong)).status).toBe(405);
  });

  test.each([['not-a-uuid'], ['%00'], ['..%2f..%2fetc'], ['1'.repeat(200)]])(
    '400 names an id that is none: %s',
    async (id) => {
      const answer = await fetch(`${api.url}${events}${id}/`);
      expect(await problemOf(answer)).toMatchObject({ status: 400, fields: ['id'] });
    },
  );

  test('400 for broken percent-encoding, 404 for a part without end', async () => {
    expect((await problemOf(await fetch(`${api.url}${events}%zz/`))).status).toBe(400);
    const long = await fetch(`${api.url}${events}${'1'.repeat(5000)}/`);
    expect((await problemOf(long)).status).toBe(404);
  });

  test('400 for bytes that are no HTTP, 431 for headers without end', async () => {
    expect(await rawAnswer('nonsense\r\n\r\n')).toMatch(
      /^HTTP\/1\.1 400 [\s\S]*"code":"validation_failed"/,
    );
    const header = `X-Long: ${'x'.repeat(20_000)}`;
    expect(await rawAnswer(`GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n${header}\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 431 [\s\S]*"status":431/,
    );
  });

  test('400 for a Host that is not ours', async () => {
    const answer = await rawAnswer(
      'GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n',
    );
    expect(answer).toMatch(/^HTTP\/1\.1 400 [\s\S]*"Host":\[/);
  });
});

describe('the log', () => {
  test('has a line for each request, with its id, and nothing of the person', async () => {
    const body = exampleEvent({ customer_id: 'customer-001' });
    await post(`${api.url}${dispatchPath}`, body, { 'x-request-id': 'log-me-1' });
    await fetch(`${api.url}/api/v1/notifications/events/?search=Mendoza&customer_id=customer-001`);
    const [line] = api.log.filter(({ request_id }) => request_id === 'log-me-1');
    expect(line).toMatchObject({ level: 'info', method: 'POST', status: 202 });
    const text = JSON.stringify(api.log);
    for (const secret of ['Mendoza', 'ABC123', 'customer-001', 'example.com', '593991234567']) {
      expect(text).not.toContain(secret);
    }
  });

  test('a request id that could forge a line is replaced', async () => {
    const answer = await fetch(`${api.url}/`, { headers: { 'x-request-id': 'a b' } });
    expect(answer.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });
});

/** What a plain socket gets for these bytes. */
function rawAnswer(bytes: string): Promise<string> {
  const { hostname, port } = new URL(api.url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    let answer = '';
    socket.on('data', (data) => {
      answer += data;
    });
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });
}
