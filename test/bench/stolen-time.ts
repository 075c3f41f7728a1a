import { readFile } from 'node:fs/promises';

/**
 * Begins to watch how much of the processors other machines on the same host take: nothing that is
 * slow beside them tells of us.
 *
 * @returns what gives the share since then, 0 to 1; null where the system does not say (not Linux)
 */
export async function watchStolenTime(): Promise<() => Promise<number | null>> {
  const before = await readTicks();
  return async () => {
    const after = await readTicks();
    if (!before || !after || after.all === before.all) return null;
    return (after.stolen - before.stolen) / (after.all - before.all);
  };
}

/** The first line of /proc/stat: user, nice, system, idle, iowait, irq, softirq, steal (proc(5)). */
async function readTicks(): Promise<{ stolen: number; all: number } | null> {
  const stat = await readFile('/proc/stat', 'utf8').catch(() => null);
  const ticks = stat?.split('\n')[0]?.trim().split(/\s+/).slice(1, 9).map(Number);
  const stolen = ticks?.[7];
  if (!ticks || stolen === undefined) return null;
  return { stolen, all: ticks.reduce((sum, count) => sum + count) };
}
