import { Pool } from 'undici';

/** What a run of requests showed. */
export interface LoadResult {
  requests: number;
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
}

/**
 * Sends requests over a fixed number of connections, each its next as soon as its last is
 * answered. Anything but `expectedStatus` ends the run: a refusal must not count as speed.
 */
export async function load(
  origin: string,
  path: string,
  bodies: (index: number) => string,
  options: { requests: number; connections: number; expectedStatus: number },
): Promise<LoadResult> {
  const pool = new Pool(origin, { connections: options.connections, pipelining: 1 });
  const latenciesMs = new Float64Array(options.requests);
  let next = 0;
  const startedMs = performance.now();
  await Promise.all(
    Array.from({ length: options.connections }, async () => {
      while (next < options.requests) {
        const index = next;
        next += 1;
        const sentMs = performance.now();
        const { statusCode, body } = await pool.request({
          path,
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: bodies(index),
        });
        if (statusCode !== options.expectedStatus) {
          throw new Error(`${path} answered ${statusCode}: ${await body.text()}`);
        }
        await body.dump();
        latenciesMs[index] = performance.now() - sentMs;
      }
    }),
  );
  const seconds = (performance.now() - startedMs) / 1000;
  await pool.close();
  const sorted = latenciesMs.sort();
  return {
    requests: options.requests,
    perSecond: options.requests / seconds,
    p50Ms: percentile(sorted, 50),
    p99Ms: percentile(sorted, 99),
  };
}

/** The value below which so many per cent of sorted values lie. */
export function percentile(sorted: ArrayLike<number>, percent: number): number {
  const index = Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100));
  return sorted[index] ?? 0;
}
