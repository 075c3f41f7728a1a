import { setTimeout as pause } from 'node:timers/promises';
import { channels } from '#domain/catalog/channels.js';
import type { Arena } from '../arena.js';
import {
  apiPoints,
  type CrashPoint,
  schedulerPoints,
  workerPoints,
} from '../crash-points/catalogue.js';
import { Refusals } from '../refusals.js';
import type { Slot } from '../slot.js';
import { everyday, type Scenario } from './scenario.js';

/** How long a process that is ready may live without coming by its point. */
const comesByWithinMs = 20_000;

/** Processes that kill themselves at exactly one point of their work. */
export const crashPoints: readonly Scenario[] = [
  ...channels.map(
    (channel): Scenario => ({
      name: `worker at each point, ${channel}`,
      // Small: five times in all.
      times: { small: 3, large: 25 },
      timesOnRedis: { small: 2, large: 10 },
      load: { kinds: [channel, channel, `climb-${channel}`], perSecond: 12 },
      backends: ['postgres', 'redis'],
      run: (arena, times) => crashAtEach(arena, arena.workers, workerPoints(channel), times),
    }),
  ),
  {
    // Side by side: a scheduler waits most of the time.
    name: 'API and scheduler at each point',
    times: { small: 5, large: 25 },
    load: everyday,
    run: async (arena, times) => {
      // The one that the world tells its receipts; the other goes on, so that clients are served.
      const apis = arena.apis.slice(0, 1);
      const crashes = await Promise.all([
        crashAtEach(arena, apis, apiPoints, times),
        crashScheduler(arena, times),
      ]);
      return {
        done: crashes.reduce((sum, { done }) => sum + done, 0),
        missed: crashes.flatMap(({ missed }) => missed),
      };
    },
  },
];

/** How often a point that no process came by in time is tried in all: a busy machine is slow. */
const mostTries = 3;

/** Every slot takes the next point, waits until its process has died of it, and goes on. */
async function crashAtEach(
  arena: Arena,
  slots: readonly Slot[],
  points: readonly CrashPoint[],
  times: number,
) {
  const waiting = Array.from({ length: times }, () => points)
    .flat()
    .map((point) => ({ point, tries: 0 }));
  const missed: string[] = [];
  const refusals = new Refusals(arena);
  let done = 0;
  await Promise.all(
    slots.map(async (slot) => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const { point } = next;
        next.tries += 1;
        if (await refusals.during(point, () => crashAt(arena, slot, point))) done += 1;
        else if (next.tries < mostTries) waiting.push(next);
        else missed.push(point.name);
      }
    }),
  );
  return { done, missed };
}

/** Lets the next process of a slot crash at a point; false when it never came by. */
async function crashAt(arena: Arena, slot: Slot, point: CrashPoint): Promise<boolean> {
  const isRare = point.needsRetries || point.process === 'scheduler';
  const nth = isRare ? 1 : arena.options.chance.between(1, 4);
  const crash = { ...point.hook, name: point.name, nth };
  await slot.replace({ CRASH_AT: JSON.stringify(crash) }, 'SIGKILL');
  // The slot starts its next process in this turn.
  await pause(0);
  const { program } = slot;
  const inVain = slot.ready().then(
    () => pause(comesByWithinMs, false, { ref: false }),
    () => false,
  );
  const crashed = await Promise.race([program.ended.then(() => true), inVain]);
  if (!crashed) await arena.kill(slot);
  return program.said().includes(`crashed at ${point.name}`);
}

/** A run comes once a minute; here it is due at once, and what a dead scheduler left is let go. */
async function crashScheduler(arena: Arena, times: number) {
  const missed: string[] = [];
  let done = 0;
  for (const point of Array.from({ length: times }, () => schedulerPoints).flat()) {
    for (const slot of arena.schedulers) {
      let crashed = false;
      // The scheduler of before may take the run yet while it is replaced.
      for (let tries = 0; tries < mostTries && !crashed; tries += 1) {
        await arena.database.query('DELETE FROM schedule_run WHERE schedule_name = $1', [swift]);
        crashed = await crashAt(arena, slot, point);
        await arena.database.query(letGo, [swift]);
      }
      if (crashed) done += 1;
      else missed.push(point.name);
    }
  }
  if (!(await runsAgain(arena))) missed.push('a run that is done, after all that');
  return { done, missed };
}

/** Whether a run of the swift schedule ends well: the one that was left, or the next. */
async function runsAgain(arena: Arena): Promise<boolean> {
  for (const givesUpAt = Date.now() + 90_000; Date.now() < givesUpAt; await pause(500)) {
    const { rowCount } = await arena.database.query(
      `SELECT FROM schedule_run WHERE schedule_name = $1 AND state = 'done'`,
      [swift],
    );
    if (rowCount !== 0) return true;
  }
  return false;
}

/** The schedule that comes by each minute. */
const swift = 'fold_analytics';

const letGo = `UPDATE schedule_run SET started_at = started_at - interval '11 minutes'
  WHERE schedule_name = $1 AND state = 'running'`;
