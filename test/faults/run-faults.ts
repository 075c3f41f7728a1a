import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Arena } from './arena.js';
import { Chance } from './chance.js';
import { Judge } from './judge.js';
import { PrivateRedis } from './private-redis.js';
import type { Backend, Scenario } from './scenarios/scenario.js';
import { scenarios } from './scenarios/scenarios.js';
import { SmallDisk } from './small-disk.js';
import { type Row, toMarkdown } from './table.js';

/**
 * `npm run test:faults -- [--size small|large] [--backends postgres,redis] [--only TEXT,TEXT]
 * [--times N] [--seed N] [--keep]`: does every fault to a service under load, waits until all that
 * was accepted has ended, and checks it against every promise. Prints a table; ends with 1 if a
 * promise was broken.
 */
const { values } = parseArgs({
  options: {
    size: { type: 'string', default: 'small' },
    backends: { type: 'string', default: 'postgres,redis' },
    only: { type: 'string', default: '' },
    /** In the place of each fault's own number. */
    times: { type: 'string' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    /** Leaves the logs and journals of the run where they are. */
    keep: { type: 'boolean', default: false },
  },
});
const size = values.size === 'large' ? 'large' : 'small';
/** The longest road: a lost lease, a look-up that waits for the provider to file, a stalled mail. */
const restWithinMs = 240_000;

const say = (line: string) => process.stderr.write(`${line}\n`);
const folder = await mkdtemp(join(tmpdir(), 'ambacar-faults-'));
const chance = new Chance(Number(values.seed));
const rows: Row[] = [];

say(`seed ${values.seed}, size ${values.size}; what is said and seen is kept in ${folder}`);
for (const backend of ['postgres', 'redis'] as const) {
  const wanted = scenarios.filter(
    ({ name, backends = ['postgres'] }) =>
      values.only.split(',').some((part) => name.includes(part)) && backends.includes(backend),
  );
  if (!values.backends.includes(backend)) continue;
  await playAll(
    backend,
    wanted.filter(({ onSmallDisk }) => !onSmallDisk),
    false,
  );
  await playAll(
    backend,
    wanted.filter(({ onSmallDisk }) => onSmallDisk),
    true,
  );
}
const heading = `Seed ${values.seed}, size ${values.size}, ${new Date().toISOString()}.`;
process.stdout.write(toMarkdown(rows, heading));
const broken = rows.some(({ violations }) => violations > 0);
process.exitCode = broken ? 1 : 0;
if (!broken && !values.keep) await rm(folder, { recursive: true, force: true });

async function playAll(
  backend: Backend,
  wanted: readonly Scenario[],
  onSmallDisk: boolean,
): Promise<void> {
  if (wanted.length === 0) return;
  const redis = backend === 'redis' ? await PrivateRedis.start() : null;
  if (backend === 'redis' && !redis) {
    say('redis-server is not installed: its faults are left out');
    return;
  }
  const own = join(folder, onSmallDisk ? `${backend}-on-a-small-disk` : backend);
  const disk = onSmallDisk ? await SmallDisk.mount(join(own, 'postgres')) : null;
  if (onSmallDisk && !disk) {
    say('a full disk is left out: it takes root, who may mount one');
    return;
  }
  const arena = await Arena.start({ folder: own, chance, redis, workers: 3, disk });
  const leave = () => void arena.stop().finally(() => process.exit(130));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, leave);
  const judge = new Judge(arena);
  try {
    for (const scenario of wanted) {
      const row = await play(arena, judge, scenario);
      rows.push({ ...row, fault: redis ? `${row.fault} (Redis)` : row.fault });
      say(toMarkdown(rows.slice(-1), '').trim().split('\n').at(-1) ?? '');
    }
  } finally {
    await arena.stop();
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, leave);
  }
}

async function play(arena: Arena, judge: Judge, scenario: Scenario): Promise<Row> {
  const startedMs = performance.now();
  const acceptedBefore = arena.load.acceptedCount;
  const usual = (arena.redis && scenario.timesOnRedis) ?? scenario.times;
  const times = values.times ? Number(values.times) : usual[size];
  const { kinds, perSecond } = scenario.load;
  let isOver = false;
  const load = arena.load.run(kinds, perSecond, () => isOver);
  const { done, missed = [] } = await scenario.run(arena, times).finally(() => {
    isOver = true;
  });
  await load;
  await arena.load.settled();
  if (!(await arena.atRest(restWithinMs))) say(`  ${scenario.name}: not all has ended`);
  const { lines, count, again, recoveryMs } = await judge.judge();
  const faults = [
    ...missed.map((name) => `missed: ${name}`),
    // What no rule of delivery speaks of: a process that died, a request refused for good.
    ...arena.deaths.splice(0),
    ...arena.load.refused.splice(0),
  ];
  for (const line of [...lines, ...faults]) say(`  ! ${line}`);
  return {
    fault: scenario.name,
    times: done,
    accepted: arena.load.acceptedCount - acceptedBefore,
    lost: count(['lost', 'key_twice', 'not_ended', 'no_next_step']),
    endedTwice: count(['ended_twice']),
    again,
    violations: lines.length + faults.length,
    recoveryMs,
    seconds: (performance.now() - startedMs) / 1000,
  };
}
