import { setTimeout as pause } from 'node:timers/promises';
import { BreakableRoad } from '../../api/breakable-road.js';
import type { Arena } from '../arena.js';
import { everyday, type Scenario } from './scenario.js';

/** A network that swallows everything and says nothing: connections stay open, half of them. */
export const silence: readonly Scenario[] = [
  {
    name: 'a worker’s way to Postgres gone silent past its lease',
    times: { small: 1, large: 50 },
    load: everyday,
    run: async (arena, times) => {
      const [slot] = arena.workers;
      if (!slot) return { done: 0 };
      const { url, road, port } = await openRoad(arena);
      await slot.replace({ DATABASE_URL: url }, 'SIGKILL');
      await pause(0);
      for (let round = 0; round < times; round += 1) {
        await slot.ready();
        await pause(arena.options.chance.between(500, 2500));
        await arena.disrupt('database', 'silent', async () => {
          road.freeze();
          await pause(arena.options.chance.between(11_000, 16_000));
          await road.close();
          await road.open(port);
          // What had no answer when the way was cut is given up or recorded by now.
          await pause(2000);
        });
      }
      await slot.replace({}, 'SIGKILL');
      await pause(0);
      await slot.ready();
      await road.close();
      return { done: times };
    },
  },
];

async function openRoad(arena: Arena) {
  const url = new URL(arena.databaseUrl);
  const road = new BreakableRoad(url.hostname, Number(url.port));
  const port = await road.open();
  url.hostname = '127.0.0.1';
  url.port = String(port);
  return { url: url.href, road, port };
}
