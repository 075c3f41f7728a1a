import type { DataSource } from 'typeorm';
import { beginAttempt, claimedMessages, lockDue, tellAttempts } from '../claim-messages.js';
import type { ClaimedRow } from '../claimed-row.js';
import { preparedForCount, runPrepared } from '../run-prepared.js';
import { pairOfMessage } from './account-rows.js';

/** What one statement claimed, and what it left because somebody would get it too soon. */
export interface ClaimedPairs {
  claimed: ClaimedRow[];
  tooSoon: string[];
}

/**
 * Claims where nothing has to be kept but the pause between two messages to one person: in one
 * statement, as nearly all WhatsApp messages are claimed. With the pairs locked and looked at in a
 * transaction, a claim took four round trips, and three times as long.
 *
 * @param pairHeldMs how long nothing else is claimed for the same person
 */
export async function claimFreePairs(
  dataSource: DataSource,
  messageIds: readonly string[],
  { leaseMs, mostLosses, pairHeldMs }: { leaseMs: number; mostLosses: number; pairHeldMs: number },
): Promise<ClaimedPairs> {
  const rows = await runPrepared<DueRow>(dataSource, claim(messageIds.length), [
    messageIds,
    leaseMs,
    mostLosses,
    pairHeldMs,
  ]);
  return {
    claimed: rows.filter(isClaimed),
    tooSoon: rows.flatMap((row) => (isClaimed(row) ? [] : [row.due_id])),
  };
}

type DueRow = { due_id: string } & (ClaimedRow | { id: null });

function isClaimed(row: DueRow): row is DueRow & ClaimedRow {
  return row.id !== null;
}

/** Of several to one person, the first goes; the pair's row is its lock, and tells when it is free. */
const claim = preparedForCount(
  'claim_free_pairs',
  (given) => `
  WITH due AS MATERIALIZED (
    SELECT m.ctid AS place, m.id, m.due_at, ${pairOfMessage} AS pair
    FROM unnest(${given('$1::uuid[]')}) AS wanted(id)
    CROSS JOIN LATERAL (SELECT ctid, message.* ${lockDue}) m
  ), first AS (
    SELECT DISTINCT ON (pair) place, pair FROM due ORDER BY pair, due_at, id
  ), reserved AS (
    INSERT INTO paced_pair AS p (pair, free_at)
    SELECT pair, clock_timestamp() + $4 * interval '1 ms' FROM first
    WHERE pair IS NOT NULL ORDER BY pair
    ON CONFLICT (pair) DO UPDATE SET free_at = excluded.free_at
      WHERE p.free_at <= clock_timestamp()
    RETURNING pair
  ), c AS (
    UPDATE message m SET ${beginAttempt}
    WHERE m.ctid = ANY(ARRAY(
      SELECT place FROM first JOIN reserved USING (pair)
      UNION ALL SELECT place FROM due WHERE pair IS NULL))
    RETURNING m.*
  ), told AS (${tellAttempts}
  )
  SELECT due.id AS due_id, claimed.* FROM due LEFT JOIN (${claimedMessages}) claimed USING (id)
`,
);
