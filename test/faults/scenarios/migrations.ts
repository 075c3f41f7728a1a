import { join } from 'node:path';
import pg from 'pg';
import type { Arena } from '../arena.js';
import { startProgram } from '../programs.js';
import type { Scenario } from './scenario.js';

/** A migration that dies in the middle, and is run again. */
export const migrations: readonly Scenario[] = [
  {
    name: 'cp24 migration killed mid-way and run again',
    times: { small: 5, large: 50 },
    load: { kinds: ['email'], perSecond: 1 },
    run: async (arena, times) => {
      const missed: string[] = [];
      for (let round = 0; round < times; round += 1) {
        missed.push(...(await migrateThroughDeath(arena, `migrated_${round}`)));
      }
      return { done: times - missed.length, missed };
    },
  },
];

/** Statements of a whole migration are some hundred; the point lies among them. */
const statements = 100;

async function migrateThroughDeath(arena: Arena, name: string): Promise<string[]> {
  const url = new URL(arena.databaseUrl);
  url.pathname = `/${name}`;
  await arena.database.query(`CREATE DATABASE ${name}`);
  const nth = arena.options.chance.between(5, statements);
  const when = arena.options.chance.pick(['before', 'sent', 'after'] as const);
  const crash = { name: 'cp24', hook: 'statement', when, text: '.', nth };
  const run = (extra: Record<string, string>) => {
    const program = startProgram({
      name: 'cli',
      path: 'apps/cli/src/main.js',
      parameters: ['migrate'],
      environment: { DATABASE_URL: url.href, API_AUTH: 'off', ...extra },
      logFile: join(arena.options.folder, 'cli.log'),
    });
    return program.ended.then(({ signal, code }) => ({ signal, code, said: program.said() }));
  };
  const died = await run({ CRASH_AT: JSON.stringify(crash) });
  const healed = await run({});
  const applied = await countApplied(url.href);
  const expected = await countApplied(arena.databaseUrl);
  if (died.signal !== 'SIGKILL') return [`cp24 at statement ${nth}: ${died.said.slice(-200)}`];
  return healed.code === 0 && applied === expected
    ? []
    : [
        `${applied} of ${expected} steps after cp24 at statement ${nth}: ${healed.said.slice(-300)}`,
      ];
}

async function countApplied(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query('SELECT count(*)::integer AS count FROM public.migrations');
  await client.end();
  return rows[0].count;
}
