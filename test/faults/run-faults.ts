import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Arena } from './arena.js';
import { Chance } from './chance.js';
import { check } from './checker/check.js';
import { arrange } from './checker/evidence.js';
import { readEvidence } from './checker/read-evidence.js';
import { repeats } from './checker/rules/arrived-as-told.js';
import { recoveryMs } from './recovery.js';
import type { Scenario } from './scenarios/scenario.js';
import { scenarios } from './scenarios/scenarios.js';
import { type Row, toMarkdown } from './table.js';

/**
 * `npm run test:faults -- [--size small|large] [--only TEXT] [--times N] [--seed N] [--keep]`: does every fault
 * to a service under load, waits until all that was accepted has ended, and checks it against every
 * promise. Prints a table; ends with 1 if a promise was broken.
 */
const { values } = parseArgs({
  options: {
    size: { type: 'string', default: 'small' },
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
const restWithinMs = 180_000;

const say = (line: string) => process.stderr.write(`${line}\n`);
const folder = await mkdtemp(join(tmpdir(), 'ambacar-faults-'));
const chance = new Chance(Number(values.seed));
const arena = await Arena.start({ folder, chance, redisUrl: null, workers: 3 });
const known = new Set<string>();
const rows: Row[] = [];
let seen = { again: { email: 0, whatsapp: 0, push: 0 } as Record<string, number>, recovered: 0 };

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void arena.stop().finally(() => process.exit(130)));
}
say(`seed ${values.seed}, size ${size}; what is said and seen is kept in ${folder}`);
try {
  for (const scenario of scenarios) {
    if (!scenario.name.includes(values.only)) continue;
    if (scenario.isPossible && !scenario.isPossible(arena)) continue;
    rows.push(await play(scenario));
    say(toMarkdown(rows.slice(-1), '').split('\n').at(-2) ?? '');
  }
} finally {
  await arena.stop();
}
const heading = `Seed ${values.seed}, size ${size}, ${new Date().toISOString()}.`;
process.stdout.write(toMarkdown(rows, heading));
const broken = rows.some(({ violations }) => violations > 0);
process.exitCode = broken ? 1 : 0;
if (!broken && !values.keep) await rm(folder, { recursive: true, force: true });

async function play(scenario: Scenario): Promise<Row> {
  const startedMs = performance.now();
  const acceptedBefore = arena.load.acceptedCount;
  const times = values.times ? Number(values.times) : scenario.times[size];
  let isOver = false;
  const { kinds, perSecond } = scenario.load;
  const load = arena.load.run(kinds, perSecond, () => isOver);
  let done = 0;
  let missed: string[] = [];
  try {
    ({ done, missed = [] } = await scenario.run(arena, times));
  } finally {
    isOver = true;
  }
  await load;
  await arena.load.settled();
  const atRest = await arena.atRest(restWithinMs);
  if (!atRest) say(`  ${scenario.name}: not all had ended`);
  const found = await judge();
  const faults = [...missed.map((name) => `never came by: ${name}`), ...ownFaults()];
  for (const line of [...found.lines, ...faults]) say(`  ! ${line}`);
  return {
    fault: scenario.name,
    times: done,
    accepted: arena.load.acceptedCount - acceptedBefore,
    lost: found.count(['lost', 'key_twice', 'not_ended', 'no_next_step']),
    endedTwice: found.count(['ended_twice']),
    again: found.again,
    violations: found.lines.length + faults.length,
    recoveryMs: found.recovered,
    seconds: (performance.now() - startedMs) / 1000,
  };
}

/** Checks all that has been since the run began, and tells what is new. */
async function judge() {
  await arena.world.readOn();
  const client = await arena.database.connect();
  const evidence = await readEvidence(client, arena.journals).finally(() => client.release());
  const run = arrange(evidence);
  const violations = check(evidence).filter(({ rule, ids, says }) => {
    const name = `${rule} ${ids.join(' ')} ${says}`;
    return !known.has(name) && known.add(name);
  });
  const again = repeats(run);
  const recovered = recoveryMs(run);
  const before = seen;
  seen = { again, recovered: recovered.length };
  return {
    lines: violations.map(({ rule, ids, says }) => `${rule}: ${ids.join(' ')} ${says}`),
    count: (rules: string[]) => violations.filter(({ rule }) => rules.includes(rule)).length,
    again: Object.fromEntries(
      Object.entries(again).map(([channel, count]) => [
        channel,
        count - (before.again[channel] ?? 0),
      ]),
    ),
    recovered: recovered.slice(before.recovered),
  };
}

/** What the service did that no rule of delivery speaks of: it died, or refused for good. */
function ownFaults(): string[] {
  return [...arena.deaths.splice(0), ...arena.load.refused.splice(0)];
}
