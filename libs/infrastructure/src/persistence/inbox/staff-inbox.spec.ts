import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { QueryRunner } from 'typeorm';
import { closedBreaker } from '#domain/delivery/breaker.js';
import { openSeededDatabase, type SeededDatabase } from '../../testing/seeded-database.js';
import { addDeadNotification, addDeadTask } from '../dead-letters/add-dead-letter.js';
import { addAccountNotices } from './add-notices.js';
import { forgetNotices } from './forget-notices.js';
import { StaffInbox } from './staff-inbox.js';

const tallerId = '0190aaaa-0000-7000-8000-00000000000a';
const everybody = { id: 'reader', tallerId: null };
let database: SeededDatabase;
let inbox: StaffInbox;

beforeAll(async () => {
  database = await openSeededDatabase();
  inbox = new StaffInbox(database.dataSource);
});
afterAll(() => database.close());
beforeEach(() =>
  query('TRUNCATE staff_notice, notice_read, notice_reader, dead_letter, event, notification'),
);

const query = <Row>(sql: string, parameters?: unknown[]) =>
  database.dataSource.query<Row[]>(sql, parameters);
const told = async () => {
  await inbox.newest();
  const { rows } = await inbox.page(everybody, {}, { offset: 0, limit: 1000 });
  return rows.map(({ kind, data }) => [kind, data.account ?? data.cause ?? '', data.code ?? '']);
};

/** Somebody who begins a transaction, writes a notice, and commits: a step each time. */
class Writer {
  private steps = [
    () => this.runner.startTransaction(),
    () => this.runner.query(`INSERT INTO staff_notice (kind) VALUES ('event')`),
    () => this.runner.commitTransaction(),
  ];

  constructor(readonly runner: QueryRunner) {}

  async next(): Promise<void> {
    await this.steps.shift()?.();
  }
}

describe('the numbers of notices', () => {
  test('become visible in their order, in whatever order their causes commit', async () => {
    const dataSource = await database.open(10);
    const other = new StaffInbox(await database.open(2));
    /** Each writer begins, writes, and commits at places of a random order. */
    const story = fc.integer({ min: 1, max: 6 }).chain((writers) =>
      fc.shuffledSubarray(
        Array.from({ length: writers * 3 }, (_, place) => place % writers),
        { minLength: writers * 3, maxLength: writers * 3 },
      ),
    );
    await fc.assert(
      fc.asyncProperty(story, async (turns) => {
        const writers = new Map<number, Writer>();
        const seen: number[] = [];
        let position = await inbox.newest();
        const start = position;
        const look = async (by: StaffInbox) => {
          const newest = await by.newest();
          const rows = await by.between(position, newest, 100);
          seen.push(...rows.map(({ number }) => number));
          position = newest;
        };
        for (const writer of turns) {
          const own = writers.get(writer) ?? new Writer(dataSource.createQueryRunner());
          writers.set(writer, own);
          await own.next();
          await Promise.all([look(inbox), other.newest()]);
        }
        await look(inbox);
        await Promise.all([...writers.values()].map((each) => each.runner.release()));
        const all = await inbox.between(start, position, 100);
        expect(seen).toEqual(all.map(({ number }) => number));
        expect(seen).toHaveLength(writers.size);
      }),
      { numRuns: 25 },
    );
  });

  test('are given once, by however many processes at the same moment', async () => {
    await query(`INSERT INTO staff_notice (kind) SELECT 'event' FROM generate_series(1, 2500)`);
    const others = await Promise.all(
      [1, 2, 3].map(async () => new StaffInbox(await database.open(1))),
    );
    for (let round = 0; round < 3; round += 1) {
      await Promise.all([inbox, ...others].map((each) => each.newest()));
    }
    const [row] = await query<{ numbers: number; least: number }>(
      `SELECT count(DISTINCT number)::int AS numbers, count(*)::int AS least FROM staff_notice
       WHERE number IS NOT NULL`,
    );
    expect(row).toEqual({ numbers: 2500, least: 2500 });
  });
});

describe('staff are told', () => {
  test('when an account begins to fail, and when it takes messages again', async () => {
    const lastFailure = { code: 'http_401', detail: 'the key of ana@example.com is wrong' };
    const news = [
      {
        account: 'email:house',
        breaker: { ...closedBreaker, state: 'open' as const, lastFailure },
      },
      { account: `whatsapp:${tallerId}`, breaker: { ...closedBreaker, lastFailure } },
    ];
    await database.dataSource.transaction((manager) => addAccountNotices(manager, news));
    expect((await told()).toSorted()).toEqual([
      ['account_failing', 'email:house', 'http_401'],
      ['account_recovered', `whatsapp:${tallerId}`, ''],
    ]);
    const mine = await inbox.page({ id: 'k', tallerId }, {}, { offset: 0, limit: 10 });
    expect(mine.rows.map(({ kind }) => kind)).toEqual(['account_recovered']);
    const [{ text }] = (await query<{ text: string }>(
      'SELECT string_agg(n::text, chr(10)) AS text FROM staff_notice n',
    )) as [{ text: string }];
    expect(text).not.toContain('ana@example.com');
  });

  test('of a cause for which things fail for good, with the first of them and not with the next', async () => {
    const fail = () =>
      database.dataSource.transaction((manager) =>
        addDeadTask(manager, crypto.randomUUID(), { code: 'unknown_field', detail: 'x' }),
      );
    await fail();
    await fail();
    await query(`UPDATE dead_letter SET resolved_at = now()`);
    await query(`UPDATE staff_notice SET created_at = now() - interval '2 minutes'`);
    await fail();
    expect(await told()).toEqual([
      ['dead_letters', 'unknown_field', ''],
      ['dead_letters', 'unknown_field', ''],
    ]);
  });

  test('once, though many fail for the same cause in the same moment', async () => {
    const dataSource = await database.open(8);
    await query(
      `INSERT INTO event (id, event_type, service_type_id, phase_id, target, customer_id, context)
       SELECT '0190bbbb-0000-7000-8000-000000000001', 'x', gen_random_uuid(), gen_random_uuid(),
         'clients', 'c', '{}'`,
    );
    const ids = Array.from({ length: 8 }, () => crypto.randomUUID());
    await query(
      `INSERT INTO notification (id, event_id, recipient_kind, recipient_id, recipient_name,
         variables, ladder, decision)
       SELECT id, '0190bbbb-0000-7000-8000-000000000001', 'customer', 'c', 'C', '{}', '[]', '[]'
       FROM unnest($1::uuid[]) AS given(id)`,
      [ids],
    );
    let written = 0;
    let allWritten = () => {};
    const everyoneWrote = new Promise<void>((resolve) => {
      allWritten = resolve;
    });
    await Promise.all(
      ids.map((id) =>
        dataSource.transaction(async (manager) => {
          await addDeadNotification(manager, id, 'refused_for_good', 'email: 550');
          written += 1;
          if (written === ids.length) allWritten();
          await everyoneWrote;
        }),
      ),
    );
    const [row] = await query<{ count: number }>('SELECT count(*)::int FROM staff_notice');
    expect(row).toEqual({ count: 8 });
    expect(await told()).toEqual([['dead_letters', 'refused_for_good', '']]);
  });
});

test('notices are kept 30 days and then forgotten, with who has read them', async () => {
  await query(`
    INSERT INTO staff_notice (kind, created_at)
    SELECT 'event', now() - CASE WHEN n <= 6000 THEN interval '30 days 1 minute'
      ELSE interval '29 days' END FROM generate_series(1, 6010) n`);
  for (let batch = 0; batch < 7; batch += 1) await inbox.newest();
  await query(
    `INSERT INTO notice_read (notice_id, reader) SELECT id, 'reader' FROM staff_notice LIMIT 3`,
  );
  await inbox.markAllRead({ id: 'gone', tallerId: null }, {}, 5);
  expect(await forgetNotices(database.dataSource)).toBe(6000);
  expect(await forgetNotices(database.dataSource)).toBe(0);
  expect(await told()).toHaveLength(10);
  expect(await query('SELECT reader FROM notice_reader')).toEqual([]);
});
