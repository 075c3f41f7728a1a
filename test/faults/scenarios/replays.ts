import { setTimeout as pause } from 'node:timers/promises';
import type { Arena } from '../arena.js';
import { type CrashPoint, replayPoints } from '../crash-points/catalogue.js';
import type { Scenario } from './scenario.js';

/** How long the API may live without coming by its point: the first letters have yet to die. */
const comesByWithinMs = 60_000;

/** Dead letters that are replayed by several at once, while the APIs die in the middle of it. */
export const replays: readonly Scenario[] = [
  {
    name: 'replay from the dead letters, asked twice, API at each point',
    times: { small: 5, large: 25 },
    load: { kinds: ['hopeless'], perSecond: 10 },
    run: async (arena, times) => {
      const missed: string[] = [];
      let done = 0;
      for (let round = 0; round < times; round += 1) {
        for (const point of replayPoints) {
          if (await replayUntilCrash(arena, point)) done += 1;
          else missed.push(point.name);
        }
      }
      return { done, missed };
    },
  },
];

/** Both APIs are asked for the same replay at once; the first of them dies of it. */
async function replayUntilCrash(arena: Arena, point: CrashPoint): Promise<boolean> {
  const [first] = arena.apis;
  if (!first) return false;
  const crash = { ...point.hook, name: point.name, nth: 1 };
  await first.replace({ CRASH_AT: JSON.stringify(crash) }, 'SIGKILL');
  await pause(0);
  const { program } = first;
  await first.ready();
  const givesUpAt = performance.now() + comesByWithinMs;
  while (!program.hasEnded() && performance.now() < givesUpAt) {
    const letter = await openLetter(arena);
    if (!letter) {
      await pause(250);
      continue;
    }
    await Promise.all(arena.load.options.apiUrls.map((url) => ask(url, letter)));
    await pause(100);
  }
  if (!program.hasEnded()) await arena.kill(first);
  return program.said().includes(`crashed at ${point.name}`);
}

/** One that may go again: who refused it has changed his mind. */
async function openLetter(arena: Arena): Promise<string | undefined> {
  await arena.database.query('DELETE FROM suppressed_address');
  const { rows } = await arena.database.query<{ id: string }>(
    `SELECT id FROM dead_letter WHERE resolved_at IS NULL AND kind = 'notification'
     ORDER BY random() LIMIT 1`,
  );
  return rows[0]?.id;
}

async function ask(url: string, letter: string): Promise<void> {
  await fetch(`${url}/api/v1/notifications/dead-letters/${letter}/replay/`, {
    method: 'POST',
    signal: AbortSignal.timeout(10_000),
  }).catch(() => undefined);
}
