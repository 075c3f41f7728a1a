import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { isAlive } from './processes.js';
import { startEmbeddedPostgres } from './start-embedded-postgres.js';

// Each test starts Postgres from a Node of its own, which it may then kill.
const isRoot = process.getuid?.() === 0;
const nobody = 65_534;

interface Started {
  url: string;
  pid: number;
  fault?: string;
}

describe('the Node that owns a Postgres', () => {
  let home: string;
  let dataFolder: string;
  const owners: ChildProcess[] = [];

  beforeEach(() => {
    home = realpathSync(mkdtempSync(join(tmpdir(), 'ambacar-owner-')));
    chmodSync(home, 0o755);
    dataFolder = join(home, 'postgres');
  });
  afterEach(async () => {
    for (const owner of owners.splice(0)) owner.kill('SIGKILL');
    rmSync(home, { recursive: true, force: true });
  });

  function own(options: { uid?: number; path?: string } = {}): Promise<Started> {
    const script = `
      import { register } from 'node:module';
      register('./test/support/typescript-loader.mjs', 'file://' + process.cwd() + '/');
      if (process.argv[2]) process.env.PATH = process.argv[2];
      const { startEmbeddedPostgres } = await import(process.cwd() + '/${here}/start-embedded-postgres.ts');
      try {
        const { url, pid } = await startEmbeddedPostgres({ dataFolder: process.argv[1], durable: false });
        console.log(JSON.stringify({ url, pid }));
        setInterval(() => undefined, 1000);
      } catch (error) {
        console.log(JSON.stringify({ fault: error.fault ?? error.stack }));
      }`;
    const child = spawn(
      process.execPath,
      ['--input-type=module', '-e', script, dataFolder, options.path ?? ''],
      {
        uid: options.uid,
        gid: options.uid,
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    owners.push(child);
    return new Promise((resolve, reject) => {
      child.once('error', reject);
      child.stdout.once('data', (line) => resolve(JSON.parse(String(line))));
    });
  }

  /** Resolves when it is gone: until then its lock on the folder is a living process'. */
  async function killOwner(): Promise<void> {
    const owner = owners.pop();
    if (!owner) throw new Error('nobody owns a Postgres');
    const gone = once(owner, 'exit');
    owner.kill('SIGKILL');
    await gone;
  }

  async function leavesNothingInTheWay(first: Started): Promise<void> {
    await query(first.url, `CREATE TABLE kept AS SELECT 'before the kill'::text AS word`);
    await killOwner();
    const second = await startEmbeddedPostgres({ dataFolder, durable: false });
    expect(isAlive(first.pid)).toBe(false);
    expect(await query(second.url, 'SELECT word FROM kept')).toEqual([{ word: 'before the kill' }]);
    await second.stop();
  }

  test('can be killed: its Postgres ends with it, and the next start has the data', async () => {
    const first = await own();
    await leavesNothingInTheWay(first);
  });

  test('can be killed where setpriv is missing: the next start ends the orphan', async () => {
    symlinkSync('/bin/sh', join(home, 'sh'));
    const first = await own({ path: home });
    await leavesNothingInTheWay(first);
  });

  test('is one of two that start at once, and the other is told of it', async () => {
    const both = await Promise.all([own(), own()]);
    expect(both.filter((one) => one.url)).toHaveLength(1);
    expect(both.filter((one) => one.fault)).toMatchObject([{ fault: 'in_use' }]);
  });

  if (isRoot) {
    test('may be an ordinary user', async () => {
      chownSync(home, nobody, nobody);
      expect(await own({ uid: nobody })).toMatchObject({ pid: expect.any(Number) });
    });

    test('may be root in a home that nobody else can enter', async () => {
      chmodSync(home, 0o700);
      const first = await own();
      await leavesNothingInTheWay(first);
    });

    test('may be root on the data of an ordinary user, who then goes on with it', async () => {
      chownSync(home, nobody, nobody);
      await own({ uid: nobody });
      await killOwner();
      const asRoot = await startEmbeddedPostgres({ dataFolder, durable: false });
      await asRoot.stop();
      expect(await own({ uid: nobody })).toMatchObject({ pid: expect.any(Number) });
    });

    test('is told when the data is another user’s', async () => {
      const asRoot = await startEmbeddedPostgres({ dataFolder, durable: false });
      await asRoot.stop();
      expect(await own({ uid: nobody })).toEqual({ fault: 'no_right' });
    });
  }
});

const here = 'libs/infrastructure/src/embedded-postgres';

async function query(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  const { rows } = await client.query(statement);
  await client.end();
  return rows;
}
