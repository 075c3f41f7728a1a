import type { DataSource, EntityManager } from 'typeorm';
import type { Channel } from '#domain/catalog/channels.js';
import { parkMs } from '#domain/delivery/admit-messages.js';
import { takeProbe } from '#domain/delivery/breaker.js';
import { type Pace, takeTurns } from '#domain/delivery/pace.js';
import type { ProviderAccount } from '#domain/delivery/provider-account.js';
import type { AccountToProbe } from '#domain/ports/delivery-ledger.js';
import {
  accountOfMessage,
  forgoAtRest,
  lockAccounts,
  readNowMs,
  saveAccounts,
} from './account-rows.js';
import { tellHeld } from './hold-for-account.js';
import type { ProviderAccounts } from './provider-accounts.js';

/** Messages moved by one statement, and at most how long their account is locked for it. */
const batchSize = 5000;

/** The messages that wait in front of accounts: parked while one is open, in turn when it closed. */
export class AccountLine {
  constructor(
    private readonly dataSource: DataSource,
    private readonly accounts: ProviderAccounts,
  ) {}

  /** Parks what is due for accounts that are open; gives back how many messages that were. */
  async park(): Promise<number> {
    const open = await this.dataSource.query<{ account: string }[]>(
      `SELECT account FROM provider_account WHERE state <> 'closed' ORDER BY account`,
    );
    let parked = 0;
    for (const { account } of open) {
      for (let moved = batchSize; moved === batchSize; parked += moved) {
        moved = await this.under(account, 'open', parkDueOf);
      }
    }
    return parked;
  }

  /** Gives turns to what was parked for accounts that are closed; gives back how many. */
  async release(): Promise<number> {
    const closed = await this.dataSource.query<{ account: string; channel: string }[]>(
      `SELECT account, channel FROM provider_account WHERE state = 'closed' AND has_parked
       ORDER BY account`,
    );
    let released = 0;
    for (const { account, channel } of closed) {
      const giveTurns = giveTurnsAt(this.accounts.paceOf(channel));
      for (let moved = batchSize; moved === batchSize; released += moved) {
        moved = await this.under(account, 'closed', giveTurns);
      }
    }
    return released;
  }

  /** Takes the probes that are due of accounts for which messages wait. */
  takeProbes(): Promise<AccountToProbe[]> {
    return this.dataSource.transaction(async (manager) => {
      const due =
        await manager.query<{ account: string; channel: Channel; memory: ProviderAccount }[]>(
          dueForProbe,
        );
      if (due.length === 0) return [];
      const nowMs = await readNowMs(manager);
      const taken = due.flatMap(({ account, channel, memory }) => {
        const breaker = takeProbe(memory.breaker, nowMs);
        return breaker ? [{ account, channel, memory: { ...memory, breaker } }] : [];
      });
      await saveAccounts(
        manager,
        new Map(taken.map(({ account, memory }) => [account, memory])),
        nowMs,
      );
      return taken.map(({ account, channel }) => ({
        account,
        channel,
        isHouse: account.endsWith(':house'),
      }));
    });
  }

  /** Forgets whom accounts wrote to more than a minute ago. */
  async forgetPairs(): Promise<void> {
    await this.dataSource.query(
      `DELETE FROM paced_pair WHERE free_at < clock_timestamp() - interval '1 minute'`,
    );
  }

  /** Does a piece of work under the account's lock, if it still is as it was. */
  private under(
    name: string,
    wanted: 'open' | 'closed',
    work: (
      manager: EntityManager,
      name: string,
      account: ProviderAccount,
      nowMs: number,
    ) => Promise<number>,
  ): Promise<number> {
    return this.dataSource.transaction(async (manager) => {
      const { accounts, nowMs } = await lockAccounts(manager, [name], false);
      const account = accounts.get(name);
      if (!account || (account.breaker.state === 'closed') !== (wanted === 'closed')) return 0;
      return work(manager, name, account, nowMs);
    });
  }
}

async function parkDueOf(
  manager: EntityManager,
  name: string,
  account: ProviderAccount,
  nowMs: number,
): Promise<number> {
  const { breaker } = account;
  const [row] = await manager.query<{ count: number }[]>(parkDue, [
    name,
    name.split(':')[0],
    parkMs,
    breaker.misconfigured ? 'provider_misconfigured' : 'provider_down',
    // What has another channel goes on to it when it is claimed.
    breaker.misconfigured,
    batchSize,
  ]);
  await saveAccounts(manager, new Map([[name, account]]), nowMs, true);
  return row?.count ?? 0;
}

function giveTurnsAt(pace: Pace) {
  return async (
    manager: EntityManager,
    name: string,
    account: ProviderAccount,
    nowMs: number,
  ): Promise<number> => {
    const rows = await manager.query<{ id: string }[]>(parkedOf, [name, batchSize]);
    const fromMs = Math.max(nowMs, account.blockedUntilMs);
    const { atMs, line } = takeTurns(account.line, pace, rows.length, fromMs);
    await manager.query(giveTurns, [rows.map(({ id }) => id), atMs]);
    const isLast = rows.length < batchSize;
    await saveAccounts(manager, new Map([[name, { ...account, line }]]), nowMs, !isLast);
    return rows.length;
  };
}

/**
 * What two processes in a row died with is left alone: no probe takes it, so that an account that
 * nothing else waits for would stay open for ever. Tried by itself, it is one like all after a call.
 *
 * SKIP LOCKED: a claim holds its messages before it waits for the account. Spread over as long again,
 * so that what was parked in one go never comes due in one: 50,000 that were moved every half minute
 * had made the p99 of another channel's deliveries 1.6 times as long on a quiet machine, and 10 times
 * on a busy one.
 */
const parkDue = `
  WITH due AS MATERIALIZED (
    SELECT m.id, m.rung, m.notification_id FROM message m
    WHERE m.state = 'queued' AND m.due_at <= clock_timestamp() AND m.channel = $2
      AND m.losses < 2 AND (m.valid_until IS NULL OR m.valid_until > clock_timestamp())
      AND ${accountOfMessage} = $1
      AND NOT ($5::boolean AND EXISTS (
        SELECT FROM notification n
        WHERE n.id = m.notification_id AND m.rung + 1 < jsonb_array_length(n.ladder)))
    ORDER BY m.due_at LIMIT $6
    FOR UPDATE OF m SKIP LOCKED
  ), held AS (
    UPDATE message m SET due_at = least(
        clock_timestamp() + $3 * (1 + random()) * interval '1 ms', m.valid_until),
      enqueued_at = NULL, held_by = $1, slot_at = NULL
    FROM due WHERE m.id = due.id
    RETURNING m.id, m.notification_id, m.due_at
  ), told AS (
    ${tellHeld('$4::text')}
  )
  SELECT count(*)::integer AS count FROM held
`;

const parkedOf = `
  SELECT id FROM message WHERE held_by = $1 AND state = 'queued' AND slot_at IS NULL
  ORDER BY id LIMIT $2
  FOR UPDATE SKIP LOCKED
`;

/** One that is of no use any more at its turn is due when it expires. */
const giveTurns = `
  UPDATE message m SET slot_at = turn.at, due_at = least(turn.at, m.valid_until),
    enqueued_at = NULL
  FROM (
    SELECT id, to_timestamp(ms / 1000) AS at FROM unnest($1::uuid[], $2::float8[]) AS t(id, ms)
  ) turn
  WHERE m.id = turn.id
`;

const dueForProbe = `
  SELECT account, channel, memory, ${forgoAtRest} FROM provider_account p
  WHERE state <> 'closed' AND probe_at <= clock_timestamp() AND EXISTS (
    SELECT FROM message WHERE held_by = p.account AND state = 'queued')
  ORDER BY account
  FOR UPDATE SKIP LOCKED
`;
