import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, test } from '@jest/globals';

const loader = new URL('../../../../test/support/typescript-loader.mjs', import.meta.url).href;
const runProcess = new URL('./run-process.ts', import.meta.url).href;

/** Starts a program of a few lines whose start and close are these. */
function run(start: string, environment: Record<string, string> = {}) {
  const program = `
    import { register } from 'node:module';
    import { setTimeout as pause } from 'node:timers/promises';
    register(${JSON.stringify(loader)});
    const { runProcess } = await import(${JSON.stringify(runProcess)});
    const say = (word) => process.stdout.write(word + '\\n');
    setInterval(() => undefined, 1000);
    await runProcess(${start});
    say('running');
  `;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    env: {
      DATABASE_URL: 'postgresql://nobody@localhost/none',
      ...environment,
    },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      said += chunk;
    });
  }
  const ended = once(child, 'close').then(([code]) => ({ code, said }));
  return {
    ended,
    kill: (signal: NodeJS.Signals) => child.kill(signal),
    says: async (word: string) => {
      while (!said.includes(word)) await Promise.race([once(child.stdout, 'data'), ended]);
    },
  };
}

describe('a process', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)(
    'told to go by %s closes, and ends with 0',
    async (signal) => {
      const running = run(
        `async () => ({ close: async () => { await pause(50); say('closed'); } })`,
      );
      await running.says('running');
      running.kill(signal);
      expect(await running.ended).toMatchObject({ code: 0, said: 'running\nclosed\n' });
    },
  );

  test('told a second time ends at once', async () => {
    const running = run(
      `async () => ({ close: () => { say('closing'); return new Promise(() => {}); } })`,
    );
    await running.says('running');
    running.kill('SIGTERM');
    await running.says('closing');
    running.kill('SIGTERM');
    expect(await running.ended).toMatchObject({ code: 130 });
  });

  test('whose closing fails says so, and ends with 1', async () => {
    const running = run(`async () => ({ close: () => Promise.reject(new Error('still in use')) })`);
    await running.says('running');
    running.kill('SIGTERM');
    const { code, said } = await running.ended;
    expect(code).toBe(1);
    expect(said).toContain('closing failed: Error: still in use');
  });

  test('with a wrong environment says what is wrong in one text, and ends with 1', async () => {
    const { code, said } = await run(`async () => say('never')`, { PORT: 'x' }).ended;
    expect(code).toBe(1);
    expect(said).toContain('PORT: a whole number from 1 to 65535, e.g. 8000');
    expect(said).not.toMatch(/ at |never/);
  });

  test('whose start fails says where, and ends with 1', async () => {
    const { code, said } = await run(`async () => { throw new Error('no port'); }`).ended;
    expect(code).toBe(1);
    expect(said).toMatch(/Error: no port\n\s+at /);
  });
});
