import { Pool } from 'undici';
import { dispatchPath, nextDispatch } from './dispatch-body.js';
import type { Instance } from './instance.js';
import { load, percentile } from './load.js';
import { startProgram } from './processes.js';

export interface DeliveryResult {
  messages: number;
  perSecond: number;
  cpuMsEach: number;
}

/** From the first POST until the last message is at a provider that answers after `delayMs`. */
export async function measureEndToEnd(
  instance: Instance,
  messages: number,
  delayMs: number,
): Promise<DeliveryResult> {
  await instance.provider.reset(delayMs);
  const cpuBefore = instance.cpuMs();
  const startedAt = process.hrtime.bigint();
  await load(instance.apiUrl, dispatchPath, () => nextDispatch().body, {
    requests: messages,
    connections: 32,
    expectedStatus: 202,
  });
  await instance.provider.waitFor(messages);
  const [last] = await instance.provider.arrivals(messages - 1);
  await allRecorded(instance);
  return {
    messages,
    perSecond: messages / (Number((last?.at ?? startedAt) - startedAt) / 1e9),
    cpuMsEach: (instance.cpuMs() - cpuBefore) / messages,
  };
}

/** BullMQ alone, from the start of the adding until the last empty job is done. */
export async function measureQueueFloor(instance: Instance, jobs: number): Promise<number> {
  const environment = {
    FLOOR_QUEUE_URL: instance.redisUrl ?? instance.databaseUrl,
    FLOOR_JOBS: String(jobs),
  };
  const start = (role: string) =>
    startProgram(
      `floor-queue-${role}`,
      'test/bench/floor-queue-program.js',
      { ...environment, FLOOR_ROLE: role },
      async () => true,
    );
  const taker = await start('process');
  // The taker's own start is not part of what is measured.
  await new Promise((resolve) => setTimeout(resolve, 2000));
  const startedMs = performance.now();
  const adder = await start('add');
  const ended = new Promise<number>((resolve) => {
    if (taker.child.exitCode !== null) resolve(performance.now());
    taker.child.once('exit', () => resolve(performance.now()));
  });
  const endedMs = await ended;
  await adder.stop();
  // Starting a Node process that loads BullMQ takes this long here; it moves no jobs meanwhile.
  return jobs / ((endedMs - startedMs - (await bareStartMs(environment))) / 1000);
}

async function bareStartMs(environment: Record<string, string>): Promise<number> {
  const startedMs = performance.now();
  const program = await startProgram(
    'floor-queue-start',
    'test/bench/floor-queue-program.js',
    { ...environment, FLOOR_ROLE: 'add', FLOOR_JOBS: '0' },
    async () => true,
  );
  await new Promise<void>((resolve) => {
    if (program.child.exitCode !== null) resolve();
    program.child.once('exit', () => resolve());
  });
  return performance.now() - startedMs;
}

/** One dispatch at a time on an idle system: milliseconds from the POST to the provider. */
export async function measureIdle(
  instance: Instance,
  dispatches: number,
): Promise<{ p50Ms: number; p99Ms: number }> {
  await instance.provider.reset(0);
  const pool = new Pool(instance.apiUrl, { connections: 1 });
  const latenciesMs: number[] = [];
  for (let index = 0; index < dispatches; index += 1) {
    const sentAt = process.hrtime.bigint();
    const { statusCode, body } = await pool.request({
      path: dispatchPath,
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: nextDispatch().body,
    });
    await body.dump();
    if (statusCode !== 202) throw new Error(`a dispatch was answered ${statusCode}`);
    // Asking the provider at once would keep it from taking the message; and when the next
    // dispatch comes, the record of this one's attempt is over.
    await new Promise((resolve) => setTimeout(resolve, 30));
    await instance.provider.waitFor(index + 1);
    const [arrival] = await instance.provider.arrivals(index);
    latenciesMs.push(Number((arrival?.at ?? sentAt) - sentAt) / 1e6);
  }
  await pool.close();
  const sorted = latenciesMs.sort((a, b) => a - b);
  return { p50Ms: percentile(sorted, 50), p99Ms: percentile(sorted, 99) };
}

async function allRecorded(instance: Instance): Promise<void> {
  for (;;) {
    const rows = await instance.database.query<unknown[]>(
      `SELECT FROM message WHERE state IN ('queued', 'sending') LIMIT 1`,
    );
    if (rows.length === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
