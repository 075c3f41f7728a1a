import { setTimeout as pause } from 'node:timers/promises';
import type { Arena } from '../arena.js';
import { everyday, type Scenario } from './scenario.js';

/** Postgres that dies, and connections that are cut. */
export const database: readonly Scenario[] = [
  {
    name: 'Postgres stopped at once and started again',
    times: { small: 3, large: 100 },
    load: everyday,
    run: async (arena, times) => {
      for (let round = 0; round < times; round += 1) {
        await workAWhile(arena);
        await arena.disrupt('database', 'stop -m immediate', async () => {
          // What `pg_ctl stop -m immediate` sends; its supervisor starts it again.
          const { pid } = arena.postgres;
          process.kill(pid, 'SIGQUIT');
          // It may answer yet once while it ends.
          while (arena.postgres.pid === pid) await pause(50);
          await arena.untilDatabaseAnswers();
        });
      }
      return { done: times };
    },
  },
  {
    name: 'every connection to Postgres cut',
    times: { small: 5, large: 100 },
    load: everyday,
    run: async (arena, times) => {
      for (let round = 0; round < times; round += 1) {
        await workAWhile(arena);
        await arena.disrupt('database', 'pg_terminate_backend', async () => {
          await arena.database.query(cutAll).catch(() => undefined);
          await arena.untilDatabaseAnswers();
        });
      }
      return { done: times };
    },
  },
];

function workAWhile(arena: Arena): Promise<void> {
  return pause(arena.options.chance.between(500, 2500));
}

const cutAll = `
  SELECT pg_terminate_backend(pid) FROM pg_stat_activity
  WHERE datname = current_database() AND pid <> pg_backend_pid()`;
