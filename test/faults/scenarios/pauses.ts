import { setTimeout as pause } from 'node:timers/promises';
import type { Arena } from '../arena.js';
import { everyday, type Scenario } from './scenario.js';

/** Workers that stand still for longer than their leases, and wake up as if nothing had been. */
export const pauses: readonly Scenario[] = [
  {
    name: 'worker frozen past its lease',
    times: { small: 2, large: 200 },
    load: everyday,
    run: freeze,
  },
];

async function freeze(arena: Arena, times: number) {
  let left = times;
  // One of them goes on: somebody must take over.
  const [, ...frozen] = arena.workers;
  await Promise.all(
    frozen.map(async (slot) => {
      while (left > 0) {
        left -= 1;
        await slot.ready();
        await pause(arena.options.chance.between(200, 1500));
        const { program } = slot;
        await arena.disrupt('pause', 'worker', async () => {
          program.signal('SIGSTOP');
          await pause(arena.options.chance.between(11_000, 16_000));
          program.signal('SIGCONT');
          // What it had under way when it stood still is given up or recorded by now.
          await pause(1000);
        });
      }
    }),
  );
  return { done: times };
}
