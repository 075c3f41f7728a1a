import type { EntityManager } from 'typeorm';
import {
  freshAccount,
  gatedUntilMs,
  type ProviderAccount,
  watchedUntilMs,
} from '#domain/delivery/provider-account.js';

/** SQL: a moment in milliseconds since 1970, as the domain counts. */
export const inMs = (moment: string) => `(extract(epoch FROM ${moment}) * 1000)::float8`;

/** SQL: the account of the message named `m`. */
export const accountOfMessage = `provider_account_of(m.channel, m.taller_id, m.address->>'endpoint')`;

/** SQL: the account of the message named `m` and whom it writes to; null where persons do not count. */
export const pairOfMessage = `${accountOfMessage} || ' ' || md5(m.address->>'phone')`;

/**
 * SQL, for the column list of a statement that locks accounts or pairs: a process that stands still
 * before it commits loses its session after 5 s, instead of the 30 s of every other. All of a
 * channel's messages wait for such a lock. Set in the same statement, since it costs no round trip
 * there and is over with the transaction.
 */
export const forgoAtRest = `set_config('idle_in_transaction_session_timeout', '5s', true)`;

interface AccountRow {
  account: string;
  memory: ProviderAccount;
  has_parked: boolean;
}

/** Accounts that the transaction has locked, and the time after that. */
export interface LockedAccounts {
  accounts: Map<string, ProviderAccount>;
  nowMs: number;
}

/**
 * Locks accounts, always in the order of their names, so that no two wait for each other.
 *
 * @param make whether those that nobody has written of yet are made
 */
export async function lockAccounts(
  manager: EntityManager,
  names: readonly string[],
  make: boolean,
): Promise<LockedAccounts> {
  const sorted = [...new Set(names)].sort();
  if (make) {
    await manager.query(
      `INSERT INTO provider_account (account, channel, memory)
       SELECT name, split_part(name, ':', 1), $2 FROM unnest($1::text[]) AS given(name)
       ON CONFLICT DO NOTHING`,
      [sorted, JSON.stringify(freshAccount)],
    );
  }
  const rows = await manager.query<AccountRow[]>(
    `SELECT account, memory, ${forgoAtRest} FROM provider_account WHERE account = ANY($1::text[])
     ORDER BY account FOR UPDATE`,
    [sorted],
  );
  const accounts = new Map(rows.map(({ account, memory }) => [account, memory]));
  return { accounts, nowMs: await readNowMs(manager) };
}

export async function readNowMs(manager: EntityManager): Promise<number> {
  const [row] = await manager.query<{ now: number }[]>(
    `SELECT ${inMs('clock_timestamp()')} AS now`,
  );
  return row?.now ?? 0;
}

/**
 * Writes down accounts that are locked.
 *
 * @param hasParked whether messages wait without a turn; as it was where nothing is said
 */
export async function saveAccounts(
  manager: EntityManager,
  accounts: ReadonlyMap<string, ProviderAccount>,
  nowMs: number,
  hasParked: boolean | null = null,
): Promise<void> {
  const all = [...accounts];
  if (all.length === 0) return;
  await manager.query(saveAll, [
    all.map(([name]) => name),
    all.map(([, { breaker }]) => breaker.state),
    all.map(([, { breaker }]) => (breaker.state === 'closed' ? null : breaker.probeAtMs)),
    all.map(([, account]) => momentOf(gatedUntilMs(account))),
    all.map(([, account]) => watchedUntilMs(account, nowMs)),
    all.map(([, account]) => JSON.stringify(account)),
    hasParked,
  ]);
}

/** Null for ever. */
function momentOf(ms: number): number | null {
  return Number.isFinite(ms) ? ms : null;
}

const saveAll = `
  UPDATE provider_account a SET
    state = s.state,
    probe_at = to_timestamp(s.probe_ms / 1000),
    gated_until = coalesce(to_timestamp(s.gated_ms / 1000), 'infinity'),
    watched_until = to_timestamp(s.watched_ms / 1000),
    memory = s.memory,
    has_parked = coalesce($7::boolean, a.has_parked),
    updated_at = clock_timestamp()
  FROM unnest($1::text[], $2::text[], $3::float8[], $4::float8[], $5::float8[], $6::jsonb[])
    AS s(account, state, probe_ms, gated_ms, watched_ms, memory)
  WHERE a.account = s.account
`;
