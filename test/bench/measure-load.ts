import { Pool } from 'undici';
import { dispatchPath, nextDispatch } from './dispatch-body.js';
import type { Instance } from './instance.js';
import { percentile } from './load.js';
import { pssMib } from './processes.js';

export interface SustainedLoad {
  dispatchesPerSecond: number;
  minutes: number;
  accept: { p50Ms: number; p99Ms: number };
  /** From the POST until the message is at the provider. */
  endToEnd: { p50Ms: number; p99Ms: number };
  /** How many MiB of memory each process would win in an hour, by a line through its samples. */
  mibPerHour: Record<string, number>;
}

/**
 * Dispatches at a steady pace, whatever becomes of those before: a service that falls behind shows
 * it in its latencies, not in a lower rate.
 */
export async function measureLoad(
  instance: Instance,
  dispatchesPerSecond: number,
  minutes: number,
): Promise<SustainedLoad> {
  await instance.provider.reset(0);
  const pool = new Pool(instance.apiUrl, { connections: 32, pipelining: 1 });
  const sent = new Map<string, bigint[]>();
  const acceptMs: number[] = [];
  const dispatch = async () => {
    const { body: told, number } = nextDispatch();
    const at = process.hrtime.bigint();
    sent.set(number, [...(sent.get(number) ?? []), at]);
    const { statusCode, body } = await pool.request({
      path: dispatchPath,
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: told,
    });
    await body.dump();
    if (statusCode !== 202) throw new Error(`a dispatch was answered ${statusCode}`);
    acceptMs.push(Number(process.hrtime.bigint() - at) / 1e6);
  };
  const memory = watchMemory(instance);
  const count = Math.round(dispatchesPerSecond * minutes * 60);
  const startedMs = performance.now();
  const requests: Promise<void>[] = [];
  for (let index = 0; index < count; index += 1) {
    const dueMs = startedMs + (index * 1000) / dispatchesPerSecond;
    await new Promise((resolve) => setTimeout(resolve, dueMs - performance.now()));
    requests.push(dispatch());
  }
  await Promise.all(requests);
  await instance.provider.waitFor(count);
  const mibPerHour = memory.stop();
  await pool.close();
  const endToEndMs = (await instance.provider.arrivals(0)).map(({ at, number }) => {
    const first = sent.get(number)?.shift();
    if (first === undefined) throw new Error(`${number} got more than was dispatched`);
    return Number(at - first) / 1e6;
  });
  return {
    dispatchesPerSecond,
    minutes,
    accept: percentiles(acceptMs),
    endToEnd: percentiles(endToEndMs),
    mibPerHour,
  };
}

function percentiles(latenciesMs: number[]): { p50Ms: number; p99Ms: number } {
  const sorted = latenciesMs.sort((a, b) => a - b);
  return { p50Ms: percentile(sorted, 50), p99Ms: percentile(sorted, 99) };
}

const sampleEveryMs = 5000;

/** Samples each process; its first fifth, in which caches and compiled code grow, is left out. */
function watchMemory({ services }: Instance): { stop(): Record<string, number> } {
  const samples = services.map(({ name, pid }) => ({ name, pid, mib: [] as number[] }));
  const timer = setInterval(() => {
    for (const { pid, mib } of samples) mib.push(pssMib(pid));
  }, sampleEveryMs);
  return {
    stop: () => {
      clearInterval(timer);
      const perHour = 3_600_000 / sampleEveryMs;
      return Object.fromEntries(
        samples.map(({ name, mib }) => [
          name,
          slope(mib.slice(Math.ceil(mib.length / 5))) * perHour,
        ]),
      );
    },
  };
}

/** The slope of the line of least squares through values at 0, 1, 2 …; 0 for fewer than two. */
function slope(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const mean = (all: readonly number[]) => all.reduce((sum, value) => sum + value, 0) / all.length;
  const places = values.map((_, place) => place);
  const [meanPlace, meanValue] = [mean(places), mean(values)];
  const along = (place: number) => place - meanPlace;
  return (
    places.reduce((sum, place) => sum + along(place) * ((values[place] ?? 0) - meanValue), 0) /
    places.reduce((sum, place) => sum + along(place) ** 2, 0)
  );
}
