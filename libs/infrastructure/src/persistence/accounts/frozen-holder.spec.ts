import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { leaseMs } from '#domain/delivery/leases.js';
import { unpaced } from '#domain/delivery/pace.js';
import {
  accept,
  aProcess,
  openSeededDatabase,
  type SeededDatabase,
} from '../../testing/seeded-database.js';
import { PostgresDeliveryLedger } from '../postgres-delivery-ledger.js';
import { lockAccounts } from './account-rows.js';
import { type Paces, ProviderAccounts } from './provider-accounts.js';

// A process that is frozen, or cut off, between two statements of a transaction. Postgres sees no
// more of it than that its session rests; here nothing more is said on it.

let database: SeededDatabase;
/** What the frozen process has open. */
let frozen: DataSource;

beforeAll(async () => {
  database = await openSeededDatabase();
  frozen = await database.open(2);
});
afterAll(() => database.close());
beforeEach(() =>
  database.dataSource.query(
    'TRUNCATE event, notification, message, timeline, provider_account, paced_pair',
  ),
);

const turns: Paces = { whatsapp: { ...unpaced, perMinute: 6000 } };

/** Until another process has claimed a message of the house's WhatsApp. */
async function secondsToClaim(): Promise<number> {
  const { notifications } = await accept(aProcess(database.dataSource));
  const accounts = new ProviderAccounts(database.dataSource, turns);
  const asleep = { wake: () => undefined };
  const ledger = new PostgresDeliveryLedger(database.dataSource, asleep, accounts);
  const ids = notifications.flatMap(({ taskId }) => taskId ?? []);
  const startedMs = performance.now();
  while ((await ledger.claim(ids, leaseMs, 'whatsapp')).length === 0) {
    await new Promise(setImmediate);
  }
  return (performance.now() - startedMs) / 1000;
}

test('a frozen process holds an account for five seconds, and its channel goes on then', async () => {
  const runner = frozen.createQueryRunner();
  await runner.startTransaction();
  await lockAccounts(runner.manager, ['whatsapp:house'], true);
  const seconds = await secondsToClaim();
  expect(seconds).toBeGreaterThan(4);
  expect(seconds).toBeLessThan(25);
  await expect(runner.query('SELECT 1')).rejects.toThrow();
  await runner.release();
}, 60_000);
