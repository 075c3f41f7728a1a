import type { Arena } from '../arena.js';
import { everyday, type Scenario } from './scenario.js';

/** One process after another is told to go, as at every new version. */
export const restarts: readonly Scenario[] = [
  {
    name: 'rolling restart, each process in turn',
    times: { small: 1, large: 100 },
    load: everyday,
    run: async (arena, times) => {
      const missed: string[] = [];
      for (let round = 0; round < times; round += 1) {
        for (const slot of arena.slots) missed.push(...(await restart(arena, slot)));
      }
      return { done: times * arena.slots.length, missed };
    },
  },
];

/** Kubernetes kills after 30 s; ours must have gone by itself in 25. */
const goesWithinMs = 25_000;

async function restart(arena: Arena, slot: Arena['slots'][number]): Promise<string[]> {
  await slot.ready();
  const toldMs = Date.now();
  const { atMs, code } = await arena.tellToGo(slot);
  await slot.ready();
  const tookMs = atMs - toldMs;
  return code === 0 && tookMs <= goesWithinMs
    ? []
    : [`a clean end of ${slot.name}: code ${code} after ${tookMs} ms`];
}
