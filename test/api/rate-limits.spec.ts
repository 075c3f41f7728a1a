import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ProblemView } from '#contracts/http/problem.dto.js';
import { createApiKey } from '#infrastructure/persistence/api-keys.js';
import { bodyOf, startTestApi, type TestApi } from './start-test-api.js';

const events = '/api/v1/notifications/events/';
let api: TestApi;

beforeAll(async () => {
  api = await startTestApi({
    RATE_LIMIT_PER_MINUTE: '5',
    RATE_LIMIT_FAILED_AUTH_PER_MINUTE: '3',
    TRUSTED_PROXIES: 'loopback',
  });
});
afterAll(() => api.close());

let lastAddress = 0;
/** Another address for each test, so that none uses up what the next one counts. */
function freshAddress(): string {
  lastAddress += 1;
  return `198.51.100.${lastAddress}`;
}
async function freshKey() {
  const { key } = await createApiKey(api.dataSource, { name: 'test', scopes: ['read'] });
  return key;
}
function get(path: string, from: string, key?: string): Promise<Response> {
  const headers = new Headers({ 'x-forwarded-for': from });
  if (key !== undefined) headers.set('authorization', `Bearer ${key}`);
  return fetch(api.url + path, { headers });
}
const wrongKey = (number: number) => `amb_live_${String(number).padStart(43, '0')}`;

describe('a caller', () => {
  test('is told on every answer what is left, and past it 429 with the time to wait', async () => {
    const key = await freshKey();
    for (const [left, path, status] of [
      [4, events, 200],
      [3, '/api/v1/notifications/api-keys/', 403],
      [2, `${events}?no_such_filter=1`, 400],
      [1, `${events}0190aaaa-0000-7000-8000-00000000ffff/`, 404],
      [0, '/no/such/path', 404],
    ] as const) {
      const answer = await get(path, freshAddress(), key);
      expect([path, answer.status]).toEqual([path, status]);
      expect(answer.headers.get('ratelimit-policy')).toBe('"requests";q=5;w=60');
      expect(answer.headers.get('ratelimit')).toMatch(
        new RegExp(`^"requests";r=${left};t=(60|[1-5]?\\d)$`),
      );
    }
    const answer = await get(events, freshAddress(), key);
    expect(answer.status).toBe(429);
    const seconds = Number(answer.headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(60);
    expect(answer.headers.get('ratelimit')).toBe(`"requests";r=0;t=${seconds}`);
    expect(await bodyOf<ProblemView>(answer)).toMatchObject({
      code: 'rate_limited',
      status: 429,
      request_id: answer.headers.get('x-request-id'),
    });
  });

  test('is not held back by another one at the same address', async () => {
    const address = freshAddress();
    const [one, other] = [await freshKey(), await freshKey()];
    for (let count = 0; count < 6; count += 1) await get(events, address, one);
    expect((await get(events, address, one)).status).toBe(429);
    expect((await get(events, address, other)).status).toBe(200);
  });

  test('that is told apart by its address alone is held back by that', async () => {
    const address = freshAddress();
    for (let count = 0; count < 5; count += 1) {
      expect((await get('/', address)).status).toBe(200);
    }
    expect((await get('/', address)).status).toBe(429);
    expect((await get(events, address)).status).toBe(429);
    expect((await get('/', freshAddress())).status).toBe(200);
  });

  test('is refused before its body is read', async () => {
    const key = await freshKey();
    const send = () =>
      fetch(api.url + events, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: '{ not JSON',
      });
    for (let count = 0; count < 5; count += 1) await send();
    expect((await send()).status).toBe(429);
  });
});

describe('an address that shows wrong keys', () => {
  test('is slowed, whatever the key, the token or the route', async () => {
    const address = freshAddress();
    const answers = [
      await get(events, address, wrongKey(1)),
      await get(events, address, 'no.such.token'),
      await get('/', address, 'guess'),
    ];
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 200]);
    expect(answers[2]?.headers.get('ratelimit')).toMatch(/^"failed-authentications";r=0;t=\d+$/);
    for (const key of [wrongKey(2), 'guess']) {
      const answer = await get(events, address, key);
      expect(answer.status).toBe(429);
      expect(answer.headers.get('ratelimit-policy')).toBe('"failed-authentications";q=3;w=60');
    }
    expect((await get(events, freshAddress(), wrongKey(3))).status).toBe(401);
  });

  test('does not shut out the good keys that call from there', async () => {
    const address = freshAddress();
    const key = await freshKey();
    expect((await get(events, address, key)).status).toBe(200);
    for (let number = 10; number < 15; number += 1) await get(events, address, wrongKey(number));
    expect((await get(events, address, wrongKey(16))).status).toBe(429);
    expect((await get(events, address, key)).status).toBe(200);
  });

  test('costs the database nothing any more', async () => {
    const address = freshAddress();
    for (let number = 20; number < 23; number += 1) await get(events, address, wrongKey(number));
    await api.dataSource.query('ALTER TABLE api_key RENAME TO out_of_reach');
    try {
      expect((await get(events, address, wrongKey(23))).status).toBe(429);
      expect((await get(events, freshAddress(), wrongKey(24))).status).toBe(500);
    } finally {
      await api.dataSource.query('ALTER TABLE out_of_reach RENAME TO api_key');
    }
  });
});

test('probes are never held back', async () => {
  const address = freshAddress();
  for (let count = 0; count < 20; count += 1) {
    const answer = await get('/health/live', address);
    expect([answer.status, answer.headers.get('ratelimit')]).toEqual([200, null]);
  }
});

test('0 is no limit, and nothing is told of one', async () => {
  const free = await startTestApi({
    RATE_LIMIT_PER_MINUTE: '0',
    RATE_LIMIT_FAILED_AUTH_PER_MINUTE: '0',
  });
  try {
    for (let count = 0; count < 100; count += 1) {
      const answer = await fetch(free.url + events, {
        headers: { authorization: `Bearer ${wrongKey(count)}` },
      });
      expect([answer.status, answer.headers.get('ratelimit')]).toEqual([401, null]);
    }
  } finally {
    await free.close();
  }
});
