import { setTimeout as pause } from 'node:timers/promises';
import type { Arena } from '../arena.js';
import type { Slot } from '../slot.js';
import { everyday, type Scenario } from './scenario.js';

/** Workers and APIs that die at any moment of their work. */
export const kills: readonly Scenario[] = [
  {
    name: 'worker killed, any moment',
    times: { small: 20, large: 6500 },
    timesOnRedis: { small: 20, large: 1000 },
    load: everyday,
    backends: ['postgres', 'redis'],
    run: (arena, times) => killAgainAndAgain(arena, arena.workers, times),
  },
  {
    name: 'API killed, any moment',
    times: { small: 10, large: 1000 },
    load: everyday,
    run: (arena, times) => killAgainAndAgain(arena, arena.apis, times),
  },
];

/** Each slot's process lives until it works, and then a random moment longer. */
async function killAgainAndAgain(arena: Arena, slots: readonly Slot[], times: number) {
  let left = times;
  await Promise.all(
    slots.map(async (slot) => {
      while (left > 0) {
        left -= 1;
        await slot.ready();
        await pause(arena.options.chance.between(0, 1500));
        await arena.kill(slot);
      }
    }),
  );
  return { done: times };
}
