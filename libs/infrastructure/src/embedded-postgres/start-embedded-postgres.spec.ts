import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { isAlive } from './processes.js';
import { startEmbeddedPostgres } from './start-embedded-postgres.js';

// The tests of one folder follow one another on the same data, as starts do.
describe('the embedded Postgres', () => {
  let home: string;
  let dataFolder: string;
  const start = (port?: number) => startEmbeddedPostgres({ dataFolder, port, durable: false });

  beforeAll(() => {
    home = mkdtempSync(join(tmpdir(), 'ambacar-embedded-'));
    dataFolder = join(home, 'deep', 'postgres');
  });
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  test('makes its data at the first start, what an interrupted one left included', async () => {
    mkdirSync(join(dataFolder, 'cluster.unfinished', 'data'), { recursive: true });
    writeFileSync(join(dataFolder, 'cluster.unfinished', 'data', 'PG_VERSION'), '18\n');
    const server = await start();
    const [row] = await query(
      server.url,
      `SELECT current_database() AS name, datcollate, datlocale, upper('ñandú') AS upper
       FROM pg_database WHERE datname = current_database()`,
    );
    expect(row).toEqual({
      name: 'notifications',
      datcollate: 'C',
      datlocale: 'C.UTF-8',
      upper: 'ÑANDÚ',
    });
    await query(server.url, `CREATE TABLE kept AS SELECT 'first'::text AS word`);
    await server.stop();
    expect(existsSync(join(dataFolder, 'cluster.unfinished'))).toBe(false);
  });

  test('keeps data, port and password for the next start', async () => {
    const before = await start();
    await before.stop();
    const after = await start();
    expect(after.url).toBe(before.url);
    expect(await query(after.url, 'SELECT word FROM kept')).toEqual([{ word: 'first' }]);
    await after.stop();
  });

  test('lets in nobody without its password, and listens on loopback alone', async () => {
    const server = await start();
    const wrong = server.url.replace(/postgres:[^@]+@/, 'postgres:wrong@');
    await expect(query(wrong, 'SELECT 1')).rejects.toThrow('password authentication failed');
    expect(statSync(join(dataFolder, 'password')).mode & 0o777).toBe(0o600);
    for (const address of outsideAddresses()) {
      const url = server.url.replace('127.0.0.1', address);
      await expect(query(url, 'SELECT 1')).rejects.toThrow('ECONNREFUSED');
    }
    await server.stop();
  });

  test('refuses a folder that a living process uses, and names the process', async () => {
    const server = await start();
    await expect(start()).rejects.toMatchObject({ fault: 'in_use', pid: process.pid });
    await server.stop();
  });

  test('says so when the port that was asked for is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const address = other.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    await expect(start(port)).rejects.toMatchObject({ fault: 'port_taken', subject: `${port}` });
    other.close();
  });

  test('moves on from a port of its own choice that something else has taken', async () => {
    const kept = Number(readFileSync(join(dataFolder, 'port'), 'utf8'));
    const other = createServer().listen(kept, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const server = await start();
    expect(server.port).not.toBe(kept);
    await server.stop();
    other.close();
  });

  test('is not hindered by a pid file whose number is another program', async () => {
    writeFileSync(join(dataFolder, 'cluster', 'postmaster.pid'), `${process.ppid}\n`);
    const server = await start();
    expect(isAlive(process.ppid)).toBe(true);
    await server.stop();
  });

  test('comes back on its port after Postgres was killed', async () => {
    const server = await start();
    const before = server.pid;
    process.kill(before, 'SIGKILL');
    await until(
      async () => (await query(server.url, 'SELECT 1 AS one')).length === 1,
      () => server.pid !== before,
    );
    expect(await query(server.url, 'SELECT word FROM kept')).toEqual([{ word: 'first' }]);
    await server.stop();
    expect(isAlive(server.pid)).toBe(false);
  });

  test('calls damaged data damaged in one sentence, and leaves it alone', async () => {
    const control = join(dataFolder, 'cluster', 'global', 'pg_control');
    const content = readFileSync(control);
    writeFileSync(control, Buffer.alloc(content.length));
    await expect(start()).rejects.toMatchObject({ fault: 'damaged' });
    await expect(start()).rejects.toThrow(/^The data in \S+ cannot be used \(.+\): put back .+\.$/);
    rmSync(control);
    await expect(start()).rejects.toMatchObject({ fault: 'damaged' });
    expect(existsSync(join(dataFolder, 'cluster', 'base'))).toBe(true);
    writeFileSync(control, content, { mode: 0o600 });
    rmSync(join(dataFolder, 'cluster', 'PG_VERSION'));
    await expect(start()).rejects.toThrow('PG_VERSION missing');
  });
});

async function query(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.query(statement)).rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function until(...conditions: (() => Promise<boolean> | boolean)[]): Promise<void> {
  for (const condition of conditions) {
    while (
      !(await Promise.resolve()
        .then(condition)
        .catch(() => false))
    ) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

function outsideAddresses(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((entries) => entries ?? [])
    .filter((entry) => entry.family === 'IPv4' && !entry.internal)
    .map((entry) => entry.address);
}
