import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';

const preload = fileURLToPath(new URL('./wrong-clock.mjs', import.meta.url));

/** What a process with such a clock says. */
function saidWith(offByMs: number, code: string): unknown {
  const parameters = ['--import', preload, '--input-type=module', '-e', `console.log(${code})`];
  const env = { PATH: process.env.PATH, CLOCK_OFF_BY_MS: String(offByMs) };
  return JSON.parse(execFileSync(process.execPath, parameters, { env, encoding: 'utf8' }));
}

test.each([600_000, -600_000])('a clock is wrong by %i ms, however it is asked', (offByMs) => {
  const startedMs = Date.now();
  const said = saidWith(
    offByMs,
    'JSON.stringify([Date.now(), new Date().getTime(), Date.parse(Date())])',
  );
  for (const ms of Array.isArray(said) ? said : []) {
    expect(ms - offByMs).toBeGreaterThan(startedMs - 1001);
    expect(ms - offByMs).toBeLessThan(Date.now() + 1);
  }
  expect(said).toHaveLength(3);
});

test('moments that are given stay, and are dates', () => {
  const code = `JSON.stringify([new Date(5).getTime(), Date.UTC(1970, 0, 2),
    new Date() instanceof Date, new Date(0).toISOString()])`;
  expect(saidWith(600_000, code)).toEqual([5, 86_400_000, true, '1970-01-01T00:00:00.000Z']);
});
