import { setTimeout as pause } from 'node:timers/promises';
import type { Arena } from '../arena.js';
import type { Slot } from '../slot.js';
import { everyday, type Scenario } from './scenario.js';

const offByMs = 10 * 60_000;

/** Processes whose clocks are ten minutes fast or slow beside others that are right. */
export const clocks: readonly Scenario[] = [
  {
    name: 'clocks wrong by ten minutes, fast and slow at once',
    times: { small: 2, large: 20 },
    load: everyday,
    run: async (arena, times) => {
      const missed: string[] = [];
      const swift = arena.schedulers[0];
      for (let round = 0; round < times; round += 1) {
        const fast = round % 2 === 0 ? offByMs : -offByMs;
        const [one, other] = arena.workers;
        const wrong: [Slot | undefined, number][] = [
          [one, fast],
          [other, -fast],
          [swift, fast],
          [arena.apis[0], -fast],
        ];
        await startWith(wrong);
        // Leases and lost wake-ups come round in ten seconds, the swift schedule in a minute.
        await pause(arena.options.chance.between(12_000, 20_000));
        await startWith(wrong.map(([slot]) => [slot, 0]));
        if (await anyEarlyRun(arena)) missed.push('a schedule that keeps its time');
      }
      return { done: times, missed };
    },
  },
];

async function startWith(wrong: readonly [Slot | undefined, number][]): Promise<void> {
  await Promise.all(
    wrong.map(async ([slot, byMs]) => {
      await slot?.replace(byMs === 0 ? {} : { CLOCK_OFF_BY_MS: String(byMs) }, 'SIGKILL');
      // The slot starts its next process in this turn.
      await pause(0);
      await slot?.ready();
    }),
  );
}

/** Whether a schedule was run before it was due, by the database's clock. */
async function anyEarlyRun(arena: Arena): Promise<boolean> {
  const { rowCount } = await arena.database.query(
    'SELECT FROM schedule_run WHERE started_at < due_at',
  );
  return rowCount !== 0;
}
