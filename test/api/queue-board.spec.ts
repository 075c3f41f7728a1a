import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createApiKey } from '#infrastructure/persistence/api-keys.js';
import { startTestApi, type TestApi } from './start-test-api.js';

let api: TestApi;
const keys: Record<string, string> = {};
beforeAll(async () => {
  api = await startTestApi({ API_AUTH: 'keys' });
  for (const scope of ['read', 'admin'] as const) {
    keys[scope] = (await createApiKey(api.dataSource, { name: scope, scopes: [scope] })).key;
  }
});
afterAll(() => api.close());

const ask = (path: string, scope?: string, method = 'GET') =>
  fetch(`${api.url}/queues/${path}`, {
    method,
    headers: { accept: 'text/html', ...(scope && { 'x-api-key': keys[scope] ?? '' }) },
  });

describe("the queues' board", () => {
  test.each(['', 'queue/sync', 'api/queues', 'static/images/logo.svg'])(
    'is for administrators: %p',
    async (path) => {
      expect((await ask(path)).status).toBe(401);
      expect((await ask(path, 'read')).status).toBe(403);
      expect((await ask(path, 'admin')).status).toBe(200);
    },
  );

  test('has a page that loads nothing from elsewhere and runs nothing inline', async () => {
    const answer = await ask('', 'admin');
    const page = await answer.text();
    expect(page).not.toMatch(/https?:\/\//);
    expect(page).not.toContain('<%');
    expect(page.match(/<script(?![^>]*\bsrc=)(?![^>]*application\/json)/)).toBeNull();
    expect(answer.headers.get('content-security-policy')).toMatch(
      /script-src 'self';.*base-uri 'self'/,
    );
    const script = /src="(static\/js\/main[^"]+)"/.exec(page)?.[1] ?? '';
    expect((await ask(script, 'admin')).headers.get('content-type')).toMatch(/^text\/javascript/);
  });

  test('shows every queue, and changes none', async () => {
    const answer = await ask('api/queues?activeQueue=sync&page=1&jobsPerPage=10', 'admin');
    const { queues } = JSON.parse(await answer.text());
    expect(queues).toHaveLength(4);
    expect(queues[0]).toMatchObject({ readOnlyMode: true });
    expect((await ask('api/queues/sync/pause', 'admin', 'PUT')).status).toBeGreaterThanOrEqual(404);
  });

  test.each(['static/../index.ejs', 'static/%2e%2e/index.ejs', 'static/none.js', 'api/none'])(
    'has no %s',
    async (path) => {
      expect((await ask(path, 'admin')).status).toBe(404);
    },
  );
});
