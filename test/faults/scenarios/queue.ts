import { setTimeout as pause } from 'node:timers/promises';
import type { Arena } from '../arena.js';
import { everyday, type Scenario } from './scenario.js';

/** A queue that loses all that it holds. */
export const queue: readonly Scenario[] = [
  {
    name: 'queue emptied',
    times: { small: 3, large: 50 },
    load: everyday,
    backends: ['postgres', 'redis'],
    run: (arena, times) =>
      again(arena, times, async () => {
        if (arena.redis) await arena.redis.empty();
        else await arena.database.query('TRUNCATE bullmq.job CASCADE');
      }),
  },
  {
    name: 'Redis killed, nothing kept',
    times: { small: 3, large: 50 },
    load: everyday,
    backends: ['redis'],
    run: (arena, times) =>
      again(arena, times, async () => {
        await arena.redis?.kill();
        await pause(arena.options.chance.between(0, 3000));
        await arena.redis?.start();
      }),
  },
];

async function again(arena: Arena, times: number, doing: () => Promise<unknown>) {
  for (let round = 0; round < times; round += 1) {
    await pause(arena.options.chance.between(300, 2000));
    await arena.disrupt('queue', 'emptied', doing);
  }
  return { done: times };
}
