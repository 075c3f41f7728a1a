import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { advanceGoals } from '#domain/delivery/climb-ladder.js';
import { holdRows } from '../testing/hold-rows.js';
import {
  accept,
  acceptAndClaim,
  aProcess,
  ended,
  openSeededDatabase,
  type SeededDatabase,
  type TestProcess,
} from '../testing/seeded-database.js';
import { advanceLadders } from './advance-ladders.js';
import { cancelEvent } from './cancel-event.js';
import { Receipts } from './receipts/receipts.js';
import { keepReceipts } from './receipts/received-webhooks.js';
import { retryDeadlocks } from './transient-errors.js';

let database: SeededDatabase;
let process: TestProcess;
let other: TestProcess;

beforeAll(async () => {
  database = await openSeededDatabase();
  process = aProcess(database.dataSource);
  other = aProcess(await database.open());
});
afterAll(() => database.close());
beforeEach(async () => {
  await forget();
  await setCells('sent');
});

const query = (sql: string, parameters?: unknown[]) => database.dataSource.query(sql, parameters);
const forget = () =>
  query(`TRUNCATE event, notification, message, timeline, idempotency_key, dead_letter, receipt`);
const setCells = (until: string) =>
  query('UPDATE matrix_cell SET advance_after_minutes = 30, advance_until = $1', [until]);
/** As if the time of all rungs were over. */
const passTime = () =>
  query('UPDATE message SET advance_at = clock_timestamp() WHERE advance_at IS NOT NULL');
const advance = (by = process) => advanceLadders(by.dataSource, 100);

describe('a rung whose time is over, at one moment with others', () => {
  test('two sweeps start the next rung once', async () => {
    for (let round = 0; round < 5; round += 1) {
      await accept(process);
      await passTime();
      await Promise.all([advance(), advance(other)]);
      const doubles = await query(`SELECT notification_id FROM message WHERE rung = 1
        GROUP BY notification_id HAVING count(*) <> 2`);
      expect(doubles).toEqual([]);
    }
  });

  test('a failure and the clock start the next rung once, whichever is first', async () => {
    await setCells('delivered');
    for (let round = 0; round < 5; round += 1) {
      const [message] = await acceptAndClaim(process);
      if (!message) throw new Error('nothing was claimed');
      await passTime();
      await Promise.all([advance(), other.ledger.record(ended(message, 'next_rung'))]);
      await advance();
      const next = await query('SELECT rung FROM message WHERE notification_id = $1 AND rung > 0', [
        message.notificationId,
      ]);
      expect(next).toEqual([{ rung: 1 }, { rung: 1 }]);
    }
  });

  test('a cancel that holds the notification is seen by the clock after it', async () => {
    const { eventId } = await accept(process);
    await passTime();
    const held = await holdRows(
      await database.open(2),
      `UPDATE notification SET state = 'canceled' WHERE event_id = '${eventId}'`,
    );
    expect((await advance()).made).toEqual([]);
    await held.commit();
    expect((await advance()).made).toEqual([]);
    expect(await query('SELECT FROM message WHERE rung > 0')).toEqual([]);
  });

  test('whatever happens, every ladder ends, no rung starts twice, and none after success', async () => {
    const happenings: Happening[] = [
      'late',
      'late',
      'sent',
      'next_rung',
      'retry',
      'delivered',
      'bounced',
      'cancel',
    ];
    const any = fc.constantFrom(...happenings);
    const turns = fc.array(fc.tuple(any, any), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...advanceGoals), turns, async (goal, pairs) => {
        await forget();
        await setCells(goal);
        const { eventId } = await accept(process);
        for (const [one, two] of pairs) {
          await Promise.all([perform(one, process, eventId), perform(two, other, eventId)]);
        }
        // To the end of the ladder: what is left is sent, too late, or was stopped on its way.
        for (let turn = 0; turn < 6; turn += 1) {
          await perform('sent', process, eventId);
          await perform('late', process, eventId);
          await process.outbox.expire(10);
        }
        const [row] = await query(whatIsLeft);
        expect(row).toMatchObject({ open: 0, twice: 0 });
        if (goal === 'sent') expect(row.after_success).toBe(0);
        expect(row.state).toMatch(/^(?:sent|delivered|failed|canceled)$/);
        if (row.state === 'failed') expect(row.arrived).toBe(0);
      }),
      { numRuns: 25 },
    );
  });
});

const whatIsLeft = `
  SELECT n.state,
    (SELECT count(*)::int FROM message WHERE state IN ('queued', 'sending')) AS open,
    -- What ended by a bounce stays so, though the bounce may prove wrong.
    (SELECT count(*)::int FROM message m WHERE state IN ('sent', 'delivered', 'read')
      AND NOT EXISTS (SELECT FROM receipt
        WHERE subject = 'message:' || m.id AND kind = 'bounced')) AS arrived,
    (SELECT count(*)::int FROM message WHERE rung > 0) - (SELECT count(*)::int FROM (
      SELECT DISTINCT rung, address FROM message WHERE rung > 0) once) AS twice,
    (SELECT count(*)::int FROM timeline later JOIN timeline success ON success.id < later.id
      WHERE later.kind = 'next_rung' AND success.data->>'outcome' = 'accepted'
        AND NOT EXISTS (SELECT FROM receipt
          WHERE subject = 'message:' || success.message_id AND kind = 'bounced')) AS after_success
  FROM notification n
`;

type Happening = 'late' | 'delivered' | 'bounced' | 'cancel' | 'sent' | 'next_rung' | 'retry';

const idsOf = async (state: string): Promise<string[]> =>
  (await query('SELECT id FROM message WHERE state = $1', [state])).map(
    ({ id }: { id: string }) => id,
  );

async function perform(step: Happening, by: TestProcess, eventId: string): Promise<unknown> {
  const { dataSource, ledger } = by;
  switch (step) {
    case 'late':
      await passTime();
      return advance(by);
    case 'delivered':
    case 'bounced': {
      const said = { kind: step, code: null, detail: null, addressIsWrong: false };
      const sent = await idsOf('sent');
      await keepReceipts(
        dataSource,
        sent.map((id) => ({ ...said, subject: `message:${id}` })),
      );
      return new Receipts(dataSource, { wake: () => undefined }).applyDue(100);
    }
    case 'cancel':
      return retryDeadlocks(() =>
        dataSource.transaction((manager) => cancelEvent(manager, eventId)),
      );
    default: {
      for (const message of await ledger.claim(await idsOf('queued'), 60_000)) {
        await ledger.record(ended(message, step));
      }
    }
  }
}
