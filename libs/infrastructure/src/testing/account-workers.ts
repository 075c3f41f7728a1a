import { leaseMs } from '#domain/delivery/leases.js';
import { AccountLine } from '../persistence/accounts/account-line.js';
import {
  type AccountNews,
  type Paces,
  ProviderAccounts,
} from '../persistence/accounts/provider-accounts.js';
import { PostgresDeliveryLedger } from '../persistence/postgres-delivery-ledger.js';
import { accept, ended, type SeededDatabase, type TestProcess } from './seeded-database.js';

export const refused = {
  outcome: { kind: 'transient', code: 'unreachable', detail: 'refused' } as const,
};

export type AccountWorker = Awaited<ReturnType<typeof aWorkerOn>>;

/** A worker, with accounts of its own to look at. */
export async function aWorkerOn(database: SeededDatabase, paces: Paces = {}) {
  const dataSource = await database.open(4);
  const accounts = new ProviderAccounts(dataSource, paces);
  const news: AccountNews[] = [];
  accounts.onNews((one) => news.push(one));
  const ledger = new PostgresDeliveryLedger(dataSource, { wake: () => undefined }, accounts);
  const line = new AccountLine(dataSource, accounts);
  return { accounts, ledger, line, news };
}

/** Accepts messages by WhatsApp, each to somebody else where nothing is said; gives back their ids. */
export async function acceptOnWhatsApp(
  database: SeededDatabase,
  process: TestProcess,
  count: number,
  phone?: string,
): Promise<string[]> {
  const receipts = await Promise.all(Array.from({ length: count }, () => accept(process)));
  const ids = receipts.map(({ notifications }) => notifications[0]?.taskId ?? '');
  await database.dataSource.query(
    `UPDATE message m SET address = jsonb_build_object('channel', 'whatsapp', 'phone',
       coalesce($2, '+5939' || (10000000 + place)::text))
     FROM unnest($1::uuid[]) WITH ORDINALITY AS given(id, place) WHERE m.id = given.id`,
    [ids, phone ?? null],
  );
  return ids.toSorted();
}

/** Opens the breaker of the house's WhatsApp by calls to ten people that fail. */
export async function openWhatsApp({ ledger }: AccountWorker, ids: readonly string[]) {
  const messages = await ledger.claim(ids, leaseMs, 'whatsapp');
  const step = { kind: 'retry', delayMs: 3_600_000, lookUpFirst: false } as const;
  await Promise.all(
    messages.map((message) => ledger.record(ended(message, 'retry', { ...refused, step }))),
  );
}
