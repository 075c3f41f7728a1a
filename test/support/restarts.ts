import type { Spawned } from './spawned.js';
import type { System } from './system.js';

/** The programs of an installation. */
export const names = ['api', 'worker', 'scheduler'] as const;
type Name = (typeof names)[number];

/** What Kubernetes gives a pod; 21.5 s of them are for the drain, the rest is a slow machine's. */
export const graceSeconds = 30;

export const onPostgres = { REDIS_URL: '' };

/** Starts one of each, with these settings on top of the system's. */
export function startAll(system: System, settings: Record<string, string>): Promise<Spawned[]> {
  return Promise.all([
    system.startApi(settings),
    system.startWorker(settings),
    system.startScheduler(settings),
  ]);
}

/** Tells them to go, one after the other; gives back what each ended with. */
export async function endAll(
  system: System,
  ended: readonly Name[] = names,
): Promise<(number | null)[]> {
  const codes: (number | null)[] = [];
  for (const name of ended) codes.push(await system.process(name).end());
  return codes;
}

/** What the work came to, and how many seconds it took. */
export async function timed<T>(work: () => Promise<T>): Promise<[T, number]> {
  const startedMs = performance.now();
  return [await work(), (performance.now() - startedMs) / 1000];
}
