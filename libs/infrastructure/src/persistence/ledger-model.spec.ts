import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { channels } from '#domain/catalog/channels.js';
import type { AdvanceGoal } from '#domain/delivery/climb-ladder.js';
import { anAddressOn } from '#domain/testing/builders.js';
import {
  LedgerTwin,
  type TwinNotification,
  type TwinStep,
  type TwinStepKind,
  tickMs,
} from '../testing/ledger-twin.js';
import { openSeededDatabase, type SeededDatabase } from '../testing/seeded-database.js';

/** The same stories in every run, for a change is judged by its own; TWIN_SEED tells others. */
const seed = Number(process.env.TWIN_SEED ?? 20_261_122);
const stories = Number(process.env.TWIN_STORIES ?? 60);

const anySpan = fc.constantFrom(0.5 * tickMs, 1.5 * tickMs, 3.5 * tickMs);
const anyRung = fc
  .record({
    channel: fc.constantFrom(...channels),
    devices: fc.integer({ min: 1, max: 2 }),
    afterMs: fc.option(anySpan),
    until: fc.constantFrom<AdvanceGoal[]>('sent', 'delivered', 'read'),
  })
  .map(({ channel, devices, afterMs, until }) => ({
    channel,
    templateVersionId: '0190aaaa-0000-7000-8000-0000000000aa',
    addresses: Array.from({ length: devices }, (_, device) => anAddressOn(channel, device)),
    ...(afterMs === null ? {} : { advanceAfterMs: afterMs, advanceUntil: until }),
  }));
const anyNotification: fc.Arbitrary<TwinNotification> = fc.record({
  ladder: fc.array(anyRung, { minLength: 1, maxLength: 3 }),
  validForMs: fc.option(anySpan, { freq: 3 }),
});
const weights: Record<TwinStepKind, number> = {
  claim: 6,
  record: 7,
  receive: 4,
  take_over: 2,
  renew: 1,
  advance: 2,
  expire: 2,
  cancel: 1,
  withdraw: 2,
  pass: 2,
};
const kinds: readonly TwinStepKind[] = Object.keys(weights).filter(
  (name): name is TwinStepKind => name in weights,
);
const anyStep: fc.Arbitrary<TwinStep> = fc.record({
  kind: fc.oneof(...kinds.map((kind) => ({ weight: weights[kind], arbitrary: fc.constant(kind) }))),
  which: fc.nat(999),
  how: fc.nat(999),
});

let database: SeededDatabase;
beforeAll(async () => {
  database = await openSeededDatabase();
  // Until the server has been up for as long as a lease, nothing is taken over.
  const isYoung = `SELECT pg_postmaster_start_time() > now() - interval '2 s' AS young`;
  while ((await database.dataSource.query(isYoung))[0].young) await new Promise(setImmediate);
}, 30_000);
afterAll(() => database.close());

test('the ledger in Postgres and the one that is simulated a million steps hold the same, whatever is done to them', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyNotification, { minLength: 1, maxLength: 2 }),
      fc.array(anyStep, { minLength: 10, maxLength: 40, size: 'max' }),
      async (notifications, steps) => {
        const twin = await LedgerTwin.of(database.dataSource, notifications);
        await twin.compare();
        for (const [place, step] of steps.entries()) {
          await twin.step(step);
          const { memory, real } = await twin.compare();
          expect({ place, step, holds: real }).toEqual({ place, step, holds: memory });
        }
      },
    ),
    { numRuns: stories, seed, interruptAfterTimeLimit: 100_000 },
  );
}, 120_000);
