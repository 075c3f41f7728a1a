import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { isAlive } from '#infrastructure/embedded-postgres/processes.js';
import { type Instance, runningInstance } from '../../cli/src/terminal/instance.js';
import { freePortNear } from './free-port.js';

interface Run {
  child: ChildProcess;
  /** All that it wrote, both streams. */
  output(): string;
  exitCode: Promise<number | null>;
}

// What is started here is the whole, as people start it; the tests follow one another on one
// folder, as starts do.
describe('npm start', () => {
  let folder: string;
  let port: number;
  const runs: Run[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ambacar-start-'));
    port = await freePortNear(18_000);
  });
  afterAll(() => {
    for (const { child } of runs) child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  function run(words: string[], environment: Record<string, string> = {}): Run {
    const child = spawn(process.execPath, words, {
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        LANG: 'es_EC.UTF-8',
        DATA_DIR: folder,
        PORT: `${port}`,
        ...environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let text = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        text += chunk;
      });
    }
    const started: Run = {
      child,
      output: () => text,
      exitCode: once(child, 'close').then(([code]) => code),
    };
    runs.push(started);
    return started;
  }

  const start = (environment?: Record<string, string>) =>
    run(['apps/standalone/start.mjs'], environment);
  const cli = (...words: string[]) => run(['apps/cli/run.mjs', ...words, '--json']);

  async function ready(starting: Run): Promise<Instance> {
    const places = /npm run demo\n/;
    while (!places.test(starting.output())) {
      if (starting.child.exitCode !== null) throw new Error(starting.output());
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const instance = runningInstance(folder);
    if (!instance) throw new Error('no instance is announced');
    return instance;
  }

  test('starts the whole on nothing, sends notices, and ends in order on SIGTERM', async () => {
    const first = start();
    const instance = await ready(first);
    expect(instance.pid).toBe(first.child.pid);
    expect(statSync(join(folder, 'instance.json')).mode & 0o777).toBe(0o600);
    expect(first.output()).toMatch(/Avisos de muestra: 5 de 5 llegaron al sandbox/);
    expect((await fetch(`${instance.apiUrl}/health/ready`)).status).toBe(200);
    expect((await fetch(`${instance.sandboxUrl}/sandbox/`)).status).toBe(200);

    const inbox = cli('inbox', '--contains', 'ABC123', '--wait', '5s');
    expect(await inbox.exitCode).toBe(0);
    expect(JSON.parse(inbox.output()).messages.at(0).text).toContain('Haval H6 2024');

    const doctor = cli('doctor');
    expect([await doctor.exitCode, JSON.parse(doctor.output()).checks]).toEqual([
      0,
      expect.not.arrayContaining([expect.objectContaining({ ok: false })]),
    ]);

    const trigger = cli('trigger', 'vehicle_ready', '--watch');
    expect(await trigger.exitCode).toBe(0);
    expect(trigger.output()).toContain('"state":"sent"');

    const second = start();
    expect(await second.exitCode).toBe(1);
    expect(second.output()).toMatch(
      new RegExp(
        `Ya está en marcha en esta carpeta: proceso ${instance.pid}, .*kill ${instance.pid}`,
      ),
    );

    first.child.kill('SIGTERM');
    expect(await first.exitCode).toBe(0);
    expect(existsSync(join(folder, 'instance.json'))).toBe(false);
    expect(existsSync(join(folder, 'lock'))).toBe(false);
  }, 300_000);

  test('starts again after kill -9, with its data, secrets and addresses', async () => {
    const first = start();
    const before = await ready(first);
    first.child.kill('SIGKILL');
    await first.exitCode;
    const second = start();
    const after = await ready(second);
    const { SECRET_KEY, VAPID_PUBLIC_KEY } = before.environment;
    expect(after).toMatchObject({
      sandboxUrl: before.sandboxUrl,
      databaseUrl: before.databaseUrl,
      environment: { SECRET_KEY, VAPID_PUBLIC_KEY },
    });
    expect(second.output()).not.toContain('Esquema');
    second.child.kill('SIGINT');
    expect(await second.exitCode).toBe(0);
  }, 240_000);

  test('ends by itself when the npm that started it is killed', async () => {
    const npm = run(['--eval', asNpmDoes]);
    const { pid } = await ready(npm);
    npm.child.kill('SIGKILL');
    await gone(pid);
    expect(existsSync(join(folder, 'instance.json'))).toBe(false);
    expect(npm.output()).toContain('Deteniendo…');
  }, 240_000);

  test('names the way out when the port is taken', async () => {
    const other = createServer().listen(port, '127.0.0.1');
    await once(other, 'listening');
    const refused = start();
    expect(await refused.exitCode).toBe(1);
    expect(refused.output()).toContain(`✘ El puerto ${port} está ocupado: cierre el programa`);
    other.close();
  }, 120_000);

  test('names the way out when a variable is wrong', async () => {
    const refused = start({ DELIVERY_RETRIES: 'many' });
    expect(await refused.exitCode).toBe(1);
    expect(refused.output()).toContain('DELIVERY_RETRIES: a whole number from 0 to 20');
  }, 120_000);

  test('names the way out when the database is not there', async () => {
    const refused = start({ DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/nothing' });
    expect(await refused.exitCode).toBe(1);
    expect(refused.output()).toMatch(
      /✘ La base de datos 127.0.0.1:1\/nothing no se abre .*DATABASE_URL/,
    );
  }, 120_000);

  test('names the way out when the data is damaged, in the terminal’s language', async () => {
    const control = join(folder, 'postgres', 'cluster', 'global', 'pg_control');
    writeFileSync(control, Buffer.alloc(readFileSync(control).length));
    const refused = start({ LANG: 'en_US.UTF-8' });
    expect(await refused.exitCode).toBe(1);
    expect(refused.output()).toMatch(/✘ The data in \S+ cannot be used \(.+\): put back .+\.\n$/);
  }, 120_000);
});

/** npm starts a script in a shell, and tells it by its environment. */
const asNpmDoes = `
  process.env.npm_lifecycle_event = 'start';
  const script = '"' + process.execPath + '" apps/standalone/start.mjs; exit $?';
  require('node:child_process').spawn('sh', ['-c', script], { stdio: 'inherit' });
`;

async function gone(pid: number): Promise<void> {
  while (isAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 20));
}
