import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openSeededDatabase, type SeededDatabase } from '../testing/seeded-database.js';
import { claimDue, renewClaims } from './claim-messages.js';
import { recordAll } from './record-attempts.js';

let database: SeededDatabase;

beforeAll(async () => {
  database = await openSeededDatabase();
  // Statistics of a quiet hour, and then a burst.
  await insertMessages('sent', 3000);
  await query('ANALYZE message');
  await insertMessages('queued', 3000);
  await insertMessages('sending', 300);
});
afterAll(() => database.close());

const query = (sql: string, parameters?: unknown[]) => database.dataSource.query(sql, parameters);

const insertMessages = (state: string, count: number) =>
  query(
    `INSERT INTO message (id, notification_id, event_type, rung, channel, address,
       template_version_id, state, lease_until)
     SELECT gen_random_uuid(), gen_random_uuid(), 'test', 0, 'email', '{"channel": "email"}',
       gen_random_uuid(), $1, clock_timestamp() + interval '1 hour'
     FROM generate_series(1, $2)`,
    [state, count],
  );

const idsOf = async (state: string): Promise<string[]> => {
  const rows = await query('SELECT id FROM message WHERE state = $1 LIMIT 20', [state]);
  return rows.map(({ id }: { id: string }) => id);
};
const ofEach = <Value>(ids: readonly string[], value: Value) => ids.map(() => value);

test.each<[string, string, string, (ids: string[]) => unknown[]]>([
  ['a claim of one', 'queued', claimDue(1).text, ([id]) => [[id], 10_000, 1]],
  ['a claim of many', 'queued', claimDue(20).text, (ids) => [ids, 10_000, 1]],
  ['a renewal', 'sending', renewClaims.text, (ids) => [ids, ofEach(ids, 1), 10_000]],
  [
    'a record',
    'sending',
    recordAll.text,
    (ids) => [
      ...[ids, ofEach(ids, 1), ofEach(ids, 'sent'), ofEach(ids, 0), ofEach(ids, false)],
      ...[ofEach(ids, null), ofEach(ids, '{}'), ids, [], ofEach(ids, 0), ofEach(ids, 0)],
    ],
  ],
])(
  '%s finds its messages by their ids, whatever the statistics say of the queue',
  async (_, state, statement, parametersOf) => {
    const lines = await query(`EXPLAIN ${statement}`, parametersOf(await idsOf(state)));
    const plan = lines.map((line: { 'QUERY PLAN': string }) => line['QUERY PLAN']).join('\n');
    expect(plan).toMatch(/message_pkey/);
    expect(plan).not.toMatch(/message_waiting|message_leased|Seq Scan on message/);
  },
);
