import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { createTestDatabase } from '#infrastructure/testing/test-database.js';
import type { Hook } from './catalogue.js';

const preload = fileURLToPath(new URL('preload.mjs', import.meta.url));
let database: Awaited<ReturnType<typeof createTestDatabase>>;
let client: pg.Client;

beforeAll(async () => {
  database = await createTestDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query('CREATE TABLE mark (name text)');
});
beforeEach(() => client.query('TRUNCATE mark'));
afterAll(async () => {
  await client.end();
  await database.drop();
});

/** Runs a program that is to crash; gives back how it ended and what it said. */
async function run(hook: Hook & { nth?: number }, program: string) {
  const child = spawn(
    process.execPath,
    ['--import', preload, '--input-type=module', '--eval', program],
    {
      env: {
        PATH: process.env.PATH,
        DATABASE_URL: database.url,
        CRASH_AT: JSON.stringify({ name: 'here', ...hook }),
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  const said: Buffer[] = [];
  child.stderr.on('data', (chunk) => said.push(chunk));
  const [, signal] = await once(child, 'close');
  return { signal, said: Buffer.concat(said).toString('utf8') };
}

const marks = async () =>
  (await client.query('SELECT name FROM mark')).rows.map(({ name }) => name);
const crashed = { signal: 'SIGKILL', said: expect.stringContaining('crashed at here') };

describe('a process dies at a statement', () => {
  const program = `
    import pg from 'pg';
    const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
    await client.connect();
    for (const name of ['one', 'two', 'three']) {
      await client.query('INSERT INTO mark VALUES ($1)', [name]);
    }
    await client.end();`;
  test.each([
    ['before', 1, []],
    ['before', 3, ['one', 'two']],
    ['after', 1, ['one']],
    ['after', 2, ['one', 'two']],
  ] as const)('%s, time %d', async (when, nth, left) => {
    const hook = { hook: 'statement', when, text: 'INSERT INTO mark', nth } as const;
    expect(await run(hook, program)).toEqual(crashed);
    expect(await marks()).toEqual(left);
  });

  test('that is written: what Postgres has read it does', async () => {
    const hook = { hook: 'statement', when: 'sent', text: 'INSERT INTO mark' } as const;
    expect(await run(hook, program)).toEqual(crashed);
    for (const givesUpAt = Date.now() + 25_000; Date.now() < givesUpAt; ) {
      if ((await marks()).length > 0) break;
    }
    expect(await marks()).toEqual(['one']);
  });

  test('and goes to its end where it never comes by', async () => {
    const hook = { hook: 'statement', when: 'before', text: 'DELETE', nth: 1 } as const;
    expect(await run(hook, program)).toEqual({ signal: null, said: '' });
    expect(await marks()).toEqual(['one', 'two', 'three']);
  });
});

describe('a process dies around a commit', () => {
  const program = `
    import pg from 'pg';
    const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
    await client.connect();
    await client.query('BEGIN');
    await client.query("INSERT INTO mark VALUES ('one')");
    await client.query('COMMIT');
    await client.end();`;
  test.each([
    ['before', []],
    ['after', ['one']],
  ] as const)('%s it', async (when, left) => {
    expect(await run({ hook: 'commit', when, of: 'INSERT INTO mark' }, program)).toEqual(crashed);
    expect(await marks()).toEqual(left);
  });
});

describe('a process dies at a call to a provider', () => {
  test.each([
    ['connected', 0],
    ['half', 0],
    ['sent', 1],
    ['answered', 1],
  ] as const)('%s', async (when, wholeRequests) => {
    let whole = 0;
    const server = createServer((request, response) => {
      request.on('data', () => undefined);
      request.on('error', () => undefined);
      request.on('end', () => {
        whole += 1;
        response.end('taken');
      });
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const program = `
      import { request } from 'undici';
      const url = 'http://127.0.0.1:${port}/push/somebody';
      const { body } = await request(url, { method: 'POST', body: 'x'.repeat(500) });
      await body.text();`;
    expect(await run({ hook: 'request', when, path: '/push/' }, program)).toEqual(crashed);
    await new Promise((resolve) => server.close(resolve));
    expect(whole).toBe(wholeRequests);
  });
});
