import { readdirSync } from 'node:fs';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ProblemView } from '#contracts/http/problem.dto.js';
import { bodyOf, startTestApi, type TestApi } from './start-test-api.js';

const built = 'dist/apps/console/assets';
let api: TestApi;
let script: string;

beforeAll(async () => {
  api = await startTestApi();
  const name = readdirSync(built).find((file) => /^index-.*\.js$/.test(file));
  script = `/assets/${name}`;
});
afterAll(() => api.close());

const html = 'text/html,application/xhtml+xml,*/*;q=0.8';
const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  fetch(api.url + path, { method, headers });
const etagOf = ({ headers }: Response) => headers.get('etag') ?? '';
const page = (path = '/', headers: Record<string, string> = {}) =>
  get(path, { accept: html, ...headers });

/** An answer as it came: `fetch` undoes encodings, and asks for nothing that is kept. */
function answerTo(
  path: string,
  headers: Record<string, string>,
): Promise<{ status: number; encoding: string }> {
  return new Promise((resolve, reject) => {
    const options = { agent: false, headers: { accept: html, ...headers } } as const;
    const asked = request(api.url + path, options, (answer) => {
      answer.resume();
      const encoding = answer.headers['content-encoding'] ?? 'none';
      resolve({ status: answer.statusCode ?? 0, encoding });
    });
    asked.once('error', reject).end();
  });
}

describe('the console’s page', () => {
  test.each(['/', '/matriz', '/plantillas/1?x=2', '/notificaciones/'])(
    'is sent at %s to whoever asks for HTML',
    async (path) => {
      const answer = await page(path);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(await answer.text()).toContain('<div id="console">');
    },
  );

  test('gives way at / to the service’s state for everyone else, and caches are told', async () => {
    for (const accept of ['application/json', '*/*']) {
      const answer = await get('/', { accept });
      expect(await answer.json()).toMatchObject({ status: 'ok' });
      expect(answer.headers.get('vary')).toBe('Accept');
    }
    expect((await page()).headers.get('vary')?.split(', ')).toContain('Accept');
  });

  test('is kept, asked for every time, and not sent again while it is the same', async () => {
    const first = await page('/', { 'accept-encoding': 'identity' });
    expect(first.headers.get('cache-control')).toBe('public, max-age=0');
    expect((await answerTo('/', { 'if-none-match': etagOf(first) })).status).toBe(304);
  });

  test('has a HEAD', async () => {
    const answer = await get('/', { accept: html }, 'HEAD');
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe('');
  });

  test('may run our files, ask our origin, and nothing else', async () => {
    const { headers } = await page();
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none';script-src 'self';style-src 'self' 'unsafe-inline';img-src 'self' data:;" +
        "font-src 'self';connect-src 'self';frame-src 'self';base-uri 'none';form-action 'none';" +
        "frame-ancestors 'none'",
    );
    expect(headers.get('permissions-policy')).toContain('camera=()');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  test('holds no script of its own and no address of another origin', async () => {
    const text = await (await page()).text();
    expect(text).not.toMatch(/<script(?![^>]*\ssrc=)/);
    expect(text).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
  });

  test.each([
    '/api/v1/no-such/',
    '/api/v1/notifications/events/',
    '/health/no-such',
    '/ws/no-such',
  ])('is not what a browser gets at %s', async (path) => {
    const answer = await page(path);
    expect(answer.headers.get('content-type')).toMatch(/^application\/(?:problem\+)?json/);
  });

  test('answers no other host than those that are allowed', async () => {
    const own = await startTestApi({ ALLOWED_HOSTS: 'console.example.com' });
    try {
      expect((await fetch(own.url, { headers: { accept: html } })).status).toBe(400);
    } finally {
      await own.close();
    }
  });
});

describe('its files', () => {
  test('are kept for a year, for their names change with their contents', async () => {
    const answer = await get(script, { 'accept-encoding': 'identity' });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(answer.headers.get('content-type')).toMatch(/javascript/);
    expect((await answerTo(script, { 'if-none-match': etagOf(answer) })).status).toBe(304);
  });

  test.each([
    ['br, gzip', 'br'],
    ['gzip', 'gzip'],
    ['identity', 'none'],
  ])('to who accepts %s come as %s', async (accepted, encoding) => {
    for (const path of [script, '/']) {
      expect((await answerTo(path, { 'accept-encoding': accepted })).encoding).toBe(encoding);
    }
  });

  test.each(['/assets/no-such.js', '/assets/', '/index.html.br', '/assets/..%2findex.html'])(
    'there is none at %s',
    async (path) => {
      const answer = await get(path);
      expect(answer.status).toBe(404);
      expect((await bodyOf<ProblemView>(answer)).code).toBe('not_found');
    },
  );

  test('are not counted, nor is the page; what asks for data is', async () => {
    const narrow = await startTestApi({ RATE_LIMIT_PER_MINUTE: '5' });
    const status = async (path: string, accept: string) =>
      (await fetch(narrow.url + path, { headers: { accept } })).status;
    try {
      for (let count = 0; count < 20; count += 1) {
        expect(await status(script, '*/*')).toBe(200);
        expect(await status('/matriz', html)).toBe(200);
      }
      const statuses = [];
      for (let count = 0; count < 6; count += 1) {
        statuses.push(await status('/api/v1/session/', '*/*'));
      }
      expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
      expect(await status('/', html)).toBe(200);
    } finally {
      await narrow.close();
    }
  });
});
