import { setTimeout as pause } from 'node:timers/promises';
import { everyday, type Scenario } from './scenario.js';

/** How long the disk stays full: long enough for Postgres to need room for its log, too. */
const fullForMs = 10_000;

/** The disk that Postgres writes to, full to the last byte, and with room again. */
export const fullDisk: readonly Scenario[] = [
  {
    name: 'disk full',
    times: { small: 2, large: 50 },
    load: everyday,
    onSmallDisk: true,
    run: async (arena, times) => {
      const { disk } = arena.options;
      if (!disk) return { done: 0 };
      for (let round = 0; round < times; round += 1) {
        await pause(arena.options.chance.between(1000, 3000));
        await arena.disrupt('database', 'disk full', async () => {
          // Again and again: what Postgres gives back, it would write to.
          for (const endsAt = Date.now() + fullForMs; Date.now() < endsAt; await pause(50)) {
            disk.fill();
          }
          disk.free();
          await arena.untilDatabaseAnswers();
        });
      }
      return { done: times };
    },
  },
];
