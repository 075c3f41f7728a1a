import type { DataSource, QueryRunner } from 'typeorm';
import type { Channel } from '#domain/catalog/channels.js';
import {
  type Admission,
  admitMessages,
  type Candidate,
  type Gates,
} from '#domain/delivery/admit-messages.js';
import type { Pace } from '#domain/delivery/pace.js';
import { claimDue } from '../claim-messages.js';
import { type ClaimedRow, toClaimed } from '../claimed-row.js';
import { isInState } from '../is-in-state.js';
import { runPreparedOn } from '../run-prepared.js';
import {
  accountOfMessage,
  forgoAtRest,
  inMs,
  lockAccounts,
  readNowMs,
  saveAccounts,
} from './account-rows.js';
import { type HeldMessage, holdForAccount } from './hold-for-account.js';

/** What a claim has to look at before it claims. */
export interface Gate {
  channel: Channel;
  pace: Pace;
  /** Whether the channel's accounts go at a pace, so that messages take turns. */
  hasTurns: boolean;
  /** Whether some account of the channel is not simply open to all. */
  hasGatedAccount: boolean;
}

/**
 * Claims those of the due messages that their accounts take now, and holds the others: in one
 * transaction, with the accounts locked, so that all workers together keep to what an account can
 * take. Only where there is something to keep to; else the claim is one statement.
 */
export async function claimAdmitted(
  dataSource: DataSource,
  gate: Gate,
  messageIds: readonly string[],
  leaseMs: number,
) {
  const runner = dataSource.createQueryRunner();
  try {
    await runner.startTransaction();
    const claimed = await claimIn(runner, gate, messageIds, leaseMs);
    await runner.commitTransaction();
    return claimed;
  } catch (error) {
    if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
    throw error;
  } finally {
    await runner.release();
  }
}

async function claimIn(
  runner: QueryRunner,
  gate: Gate,
  messageIds: readonly string[],
  leaseMs: number,
) {
  const { manager } = runner;
  const rows = await runPreparedOn<CandidateRow>(runner, candidatesOf, [messageIds]);
  if (rows.length === 0) return [];
  const { pace, hasTurns } = gate;
  const candidates = rows.map((row) => candidateOf(row, pace));
  const names = rows.map(({ account }) => account);
  const locked =
    hasTurns || gate.hasGatedAccount
      ? await lockAccounts(manager, names, hasTurns)
      : { accounts: new Map() };
  const pairs = await lockPairs(runner, candidates);
  const nowMs = pairs.nowMs ?? (await readNowMs(manager));
  const gates: Gates = { accounts: new Map(locked.accounts), pairs: new Map(pairs.freeMs) };
  const admissions = admitMessages(candidates, gates, pace, nowMs);
  await holdForAccount(manager, heldOf(candidates, admissions));
  await savePairs(runner, changedIn(pairs.freeMs, gates.pairs));
  await saveAccounts(manager, changedIn(locked.accounts, gates.accounts), nowMs);
  const taken = candidates.filter(({ id }) => admissions.get(id)?.kind !== 'hold');
  if (taken.length === 0) return [];
  const ids = taken.map(({ id }) => id);
  const claimed = await runPreparedOn<ClaimedRow>(runner, claimDue(ids.length), [ids, leaseMs, 1]);
  return claimed.map((row) => toClaimed(row, howOf(admissions.get(row.id))));
}

interface CandidateRow {
  id: string;
  account: string;
  phone: string | null;
  slot_ms: number | null;
  valid_until_ms: number | null;
  has_next_rung: boolean;
}

function candidateOf(row: CandidateRow, { pairIntervalMs }: Pace): Candidate {
  return {
    id: row.id,
    account: row.account,
    pair: pairIntervalMs > 0 && row.phone !== null ? `${row.account} ${row.phone}` : null,
    slotAtMs: row.slot_ms,
    validUntilMs: row.valid_until_ms,
    hasNextRung: row.has_next_rung,
  };
}

function heldOf(
  candidates: readonly Candidate[],
  admissions: ReadonlyMap<string, Admission>,
): HeldMessage[] {
  return candidates.flatMap(({ id, account }) => {
    const admission = admissions.get(id);
    if (admission?.kind !== 'hold') return [];
    const { untilMs, slotMs, because } = admission;
    const line = because === 'one_per_person' ? null : account;
    return { id, account: line, untilMs, slotMs, because };
  });
}

function howOf(admission: Admission | undefined) {
  return {
    probe: admission?.kind === 'go' && admission.probe,
    instead: admission?.kind === 'instead' ? admission.outcome : null,
  };
}

function changedIn<Value>(
  before: ReadonlyMap<string, Value>,
  after: ReadonlyMap<string, Value>,
): Map<string, Value> {
  return new Map([...after].filter(([name, value]) => before.get(name) !== value));
}

/** Locks the pairs of these messages, in order; gives back when each is free, and the time after. */
async function lockPairs(
  runner: QueryRunner,
  candidates: readonly Candidate[],
): Promise<{ freeMs: Map<string, number>; nowMs: number | null }> {
  const wanted = [...new Set(candidates.flatMap(({ pair }) => pair ?? []))].sort();
  if (wanted.length === 0) return { freeMs: new Map(), nowMs: null };
  const rows = await runPreparedOn<PairRow>(runner, lockAllPairs, [wanted]);
  return {
    freeMs: new Map(rows.map(({ pair, free_ms }) => [pair, free_ms])),
    nowMs: Math.max(...rows.map(({ now_ms }) => now_ms)),
  };
}

async function savePairs(runner: QueryRunner, pairs: ReadonlyMap<string, number>): Promise<void> {
  if (pairs.size === 0) return;
  await runPreparedOn(runner, saveAllPairs, [[...pairs.keys()], [...pairs.values()]]);
}

interface PairRow {
  pair: string;
  free_ms: number;
  now_ms: number;
}

/** The lock is the update; a row that nobody wrote of yet is free since ever. */
const lockAllPairs = {
  name: 'lock_pairs',
  text: `
  INSERT INTO paced_pair AS p (pair, free_at)
  SELECT pair, 'epoch' FROM unnest($1::text[]) AS given(pair) ORDER BY pair
  ON CONFLICT (pair) DO UPDATE SET free_at = p.free_at
  RETURNING pair, ${inMs('free_at')} AS free_ms, ${inMs('clock_timestamp()')} AS now_ms,
    ${forgoAtRest}
`,
};

const saveAllPairs = {
  name: 'save_pairs',
  text: `
  UPDATE paced_pair p SET free_at = to_timestamp(s.free_ms / 1000)
  FROM unnest($1::text[], $2::float8[]) AS s(pair, free_ms) WHERE p.pair = s.pair
`,
};

const candidatesOf = {
  name: 'candidates_for_accounts',
  text: `
  SELECT m.id, ${accountOfMessage} AS account, md5(m.address->>'phone') AS phone,
    ${inMs('m.slot_at')} AS slot_ms, ${inMs('m.valid_until')} AS valid_until_ms,
    m.rung + 1 < jsonb_array_length(n.ladder) AS has_next_rung
  FROM unnest($1::uuid[]) AS wanted(id)
  CROSS JOIN LATERAL (
    SELECT * FROM message
    WHERE message.id = wanted.id AND ${isInState('state', 'queued')}
      AND due_at <= clock_timestamp()
      AND (valid_until IS NULL OR valid_until > clock_timestamp())
      AND (quiet_from IS NULL OR quiet_from > clock_timestamp()) AND losses <= 1
    LIMIT 1
    FOR UPDATE SKIP LOCKED
  ) m
  CROSS JOIN LATERAL (
    SELECT ladder FROM notification WHERE notification.id = m.notification_id LIMIT 1
  ) n
  ORDER BY m.due_at, m.id
`,
};
