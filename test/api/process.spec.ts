import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { DataSource } from 'typeorm';
import type { ProblemView } from '#contracts/http/problem.dto.js';
import { freePort } from '#infrastructure/testing/free-port.js';
import { createTestDatabase } from '#infrastructure/testing/test-database.js';
import { BreakableRoad } from './breakable-road.js';
import { bodyOf, dispatchPath, exampleEvent, fillDatabase, post } from './start-test-api.js';

// The built process, as it runs in production: its signals, its exit codes, its sentences.
// A start takes 2 s of CPU, and other tests want the same cores.
jest.setTimeout(120_000);

let database: { url: string; drop(): Promise<void> };
let dataSource: DataSource;
let road: BreakableRoad;
let roadUrl: string;

beforeAll(async () => {
  database = await createTestDatabase();
  dataSource = await fillDatabase(database.url);
  const target = new URL(database.url);
  road = new BreakableRoad(target.hostname, Number(target.port));
  target.port = String(await road.open());
  target.hostname = '127.0.0.1';
  roadUrl = target.href;
});
afterAll(async () => {
  await dataSource.destroy();
  await road.close();
  await database.drop();
});

describe('the environment', () => {
  test('a bad one is a sentence on standard error and exit code 1', async () => {
    const { code, stderr } = await endOf(run({ DATABASE_URL: 'nonsense', PORT: '0' }));
    expect(code).toBe(1);
    expect(stderr).toContain('DATABASE_URL: not a usable address');
    expect(stderr).toContain('PORT: a whole number');
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  test('a database that does not answer is one too', async () => {
    const port = await freePort();
    const nowhere = `postgresql://x:secret@127.0.0.1:${await freePort()}/x`;
    const { code, stderr } = await endOf(run({ DATABASE_URL: nowhere, PORT: String(port) }));
    expect(code).toBe(1);
    expect(stderr).not.toContain('secret');
    expect(stderr.trim().split('\n').length).toBeLessThan(4);
  });
});

describe('a running process', () => {
  test('answers 503 with Retry-After while the database is out of reach, 202 after', async () => {
    const api = await start();
    const dispatch = () => post(`${api.url}${dispatchPath}`, exampleEvent());
    expect((await dispatch()).status).toBe(202);
    const { port } = road;
    await road.close();

    const answer = await dispatch();
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('5');
    expect(await bodyOf<ProblemView>(answer)).toMatchObject({ code: 'unavailable', status: 503 });
    expect((await fetch(`${api.url}/health/live`)).status).toBe(200);
    const ready = await until(() => fetch(`${api.url}/health/ready`), 503);
    expect((await bodyOf<ProblemView>(ready)).errors).toHaveProperty('database');
    const health = await fetch(`${api.url}/api/v1/health/database/`);
    expect([health.status, await health.json()]).toEqual([503, { status: 'unhealthy' }]);

    await road.open(port);
    await until(dispatch, 202);
    await until(() => fetch(`${api.url}/health/ready`), 200);
    const { code } = await stop(api.process, 'SIGTERM');
    expect(code).toBe(0);
  });

  test.each(['SIGTERM', 'SIGINT'] as const)('%s ends it, with exit code 0', async (signal) => {
    const api = await start();
    expect((await stop(api.process, signal)).code).toBe(0);
    await expect(fetch(`${api.url}/health/live`)).rejects.toThrow();
  });
});

function run(environment: Record<string, string>): ChildProcess {
  return spawn(process.execPath, ['dist/apps/api/src/main.js'], {
    env: { PATH: process.env.PATH, API_AUTH: 'off', HOST: '127.0.0.1', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Resolves when the process says that it answers. */
async function start(): Promise<{ process: ChildProcess; url: string }> {
  const port = await freePort();
  const child = run({ DATABASE_URL: roadUrl, PORT: String(port) });
  const lines = createInterface({ input: child.stdout ?? process.stdin });
  for await (const line of lines) {
    const { url } = JSON.parse(line);
    if (url) {
      lines.on('line', () => undefined).resume();
      return { process: child, url };
    }
  }
  throw new Error('the API ended before it answered');
}

function stop(child: ChildProcess, signal: NodeJS.Signals): ReturnType<typeof endOf> {
  const ended = endOf(child);
  child.kill(signal);
  return ended;
}

async function endOf(child: ChildProcess): Promise<{ code: number | null; stderr: string }> {
  let stderr = '';
  child.stderr?.on('data', (data) => {
    stderr += data;
  });
  const [code] = await once(child, 'close');
  return { code, stderr };
}

/** The first answer with this status, within 30 seconds. */
async function until(ask: () => Promise<Response>, status: number): Promise<Response> {
  for (const begun = performance.now(); ; ) {
    const answer = await ask();
    if (answer.status === status) return answer;
    expect(performance.now() - begun).toBeLessThan(30_000);
  }
}
