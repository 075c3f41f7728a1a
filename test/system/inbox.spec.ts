import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { freePort } from '#infrastructure/testing/free-port.js';
import { SseClient } from '../api/sse-client.js';
import { answersAt } from '../support/spawned.js';
import { System } from '../support/system.js';

let system: System;
let urls: string[];
let otherPort: string;
beforeAll(async () => {
  system = await System.start();
  otherPort = String(await freePort());
  urls = [system.apiUrl, `http://127.0.0.1:${otherPort}`];
  await startOther();
}, 180_000);
afterAll(() => system?.stop());

async function startOther(): Promise<void> {
  await system.startApi({ PORT: otherPort });
  while (!(await answersAt(`${urls[1]}/health/ready`).catch(() => false))) await pause(50);
}

const open = (at: number, lastSeen: number | null) =>
  SseClient.open(
    `${urls[at]}/api/v1/notifications/inbox/stream/`,
    lastSeen === null ? {} : { 'last-event-id': String(lastSeen) },
  );
const write = (count: number, ms = 0) =>
  system.query(
    `WITH told AS (
       INSERT INTO staff_notice (kind) SELECT 'event' FROM generate_series(1, $1) RETURNING id)
     SELECT pg_sleep($2), pg_notify('ambacar_inbox_v1', '') FROM (SELECT count(*) FROM told) t`,
    [count, ms / 1000],
  );
const numbersOf = ({ events }: SseClient) =>
  events.filter(({ type }) => type === 'notice').map(({ id }) => Number(id));

/** One step: some transactions that last for a while, and a reader that is cut after another. */
const step = fc.record({
  writes: fc.array(
    fc.record({ count: fc.integer({ min: 1, max: 150 }), ms: fc.integer({ min: 0, max: 60 }) }),
    { maxLength: 3 },
  ),
  at: fc.constantFrom(0, 1),
  cutAfterMs: fc.integer({ min: 0, max: 80 }),
});

describe('a reader of the inbox', () => {
  test('is told every notice once and in order, wherever he is cut and whichever API he comes back to', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 8 }), async (steps) => {
        const begin = await open(0, null);
        const start = Number(begin.lastEventId);
        begin.close();
        const seen: number[] = [];
        const writing: Promise<unknown>[] = [];
        for (const { writes, at, cutAfterMs } of steps) {
          writing.push(...writes.map(({ count, ms }) => write(count, ms)));
          const client = await open(at, seen.at(-1) ?? start);
          await pause(cutAfterMs);
          client.close();
          seen.push(...numbersOf(client));
        }
        await Promise.all(writing);
        const wanted = steps
          .flatMap(({ writes }) => writes)
          .reduce((sum, { count }) => sum + count, 0);
        const last = await open(1, seen.at(-1) ?? start);
        await last.notices(wanted - seen.length);
        seen.push(...numbersOf(last));
        last.close();
        const rows = await system.query<{ number: number }>(
          'SELECT number::int FROM staff_notice WHERE number > $1 ORDER BY number',
          [start],
        );
        expect(seen).toEqual(rows.map(({ number }) => number));
        expect(seen).toHaveLength(wanted);
      }),
      { numRuns: 12 },
    );
  }, 120_000);

  test('is told within a second of a commit at another API, and while nothing rings', async () => {
    const client = await open(1, null);
    const silently = () => system.query(`INSERT INTO staff_notice (kind) VALUES ('event')`);
    for (const [round, tell] of [() => write(1), silently].entries()) {
      const tookMs: number[] = [];
      for (let told = 1; told <= 5; told += 1) {
        await tell();
        const begunMs = performance.now();
        await client.notices(round * 5 + told);
        tookMs.push(performance.now() - begunMs);
      }
      // The middle one: a machine that stands still for a moment is none of the inbox's doing.
      expect(tookMs.toSorted((a, b) => a - b)[2]).toBeLessThan(1000);
    }
    client.close();
  });

  test('is sent to another API when his own is told to go, which ends at once', async () => {
    const clients = await Promise.all([1, 2, 3].map(() => open(1, null)));
    const begunMs = performance.now();
    expect(await system.process('api').end()).toBe(0);
    expect(performance.now() - begunMs).toBeLessThan(30_000);
    await Promise.all(clients.map(({ ended }) => ended));
    await startOther();
  }, 60_000);

  test('goes on where he was after every connection to the database was cut', async () => {
    const client = await open(0, null);
    await system.cutConnections();
    // The test's own three as well: each is found out by a statement that fails.
    for (let n = 0; n < 4; n += 1) await system.query('SELECT 1').catch(() => undefined);
    await write(3);
    const [first] = await client.notices(3);
    expect(numbersOf(client)).toEqual([0, 1, 2].map((n) => n + (first?.number ?? 0)));
    client.close();
  });
});
