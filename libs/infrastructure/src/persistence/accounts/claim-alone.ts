import type { DataSource } from 'typeorm';
import type { ClaimedMessage } from '#domain/ports/delivery-ledger.js';
import { claimDue } from '../claim-messages.js';
import { type ClaimedRow, toClaimed } from '../claimed-row.js';
import { forgoAtRest, pairOfMessage } from './account-rows.js';

/** How long it is claimed for, and how long nothing else is for the same person; 0: no matter whom. */
export interface AloneTimes {
  leaseMs: number;
  personHeldMs: number;
}

/**
 * Claims the message that is due first of those that two processes in a row did not outlive. Null
 * where none is due, or where its person was written to a moment ago.
 */
export async function claimSuspect(
  dataSource: DataSource,
  times: AloneTimes,
): Promise<ClaimedMessage | null> {
  // Nearly always there is none, which one look tells.
  const [some] = await dataSource.query<unknown[]>(anySuspect);
  return some ? claimAlone(dataSource, nextSuspect, [], times, false) : null;
}

/**
 * Claims the message that waits for an account and is due first, as its probe. Null where none
 * waits, or where its person was written to a moment ago: the next probe asks again.
 */
export function claimForProbe(
  dataSource: DataSource,
  account: string,
  times: AloneTimes,
): Promise<ClaimedMessage | null> {
  return claimAlone(dataSource, nextForProbe, [account], times, true);
}

function claimAlone(
  dataSource: DataSource,
  next: string,
  values: readonly unknown[],
  { leaseMs, personHeldMs }: AloneTimes,
  probe: boolean,
): Promise<ClaimedMessage | null> {
  return dataSource.transaction(async (manager) => {
    const [[found]] = await manager.query<[{ id: string }[], number]>(next, [
      personHeldMs,
      ...values,
    ]);
    if (!found) return null;
    const { text } = claimDue(1);
    const [row] = await manager.query<ClaimedRow[]>(text, [[found.id], leaseMs, anyLosses]);
    return row ? toClaimed(row, { probe }) : null;
  });
}

const anyLosses = 32_767;

const anySuspect = `
  SELECT FROM message WHERE state = 'queued' AND losses >= 2 AND due_at <= clock_timestamp() LIMIT 1
`;

/**
 * SQL: the first of the queued messages `which` that is of use, locked and due now, if its person may
 * be written to; kept from others for $1 ms then. The pair is worked out for that one alone: fifty
 * thousand may wait for a probe.
 */
const nextOf = (which: string, order: string) => `
  WITH next AS MATERIALIZED (
    SELECT * FROM message
    WHERE state = 'queued' AND ${which}
      AND (valid_until IS NULL OR valid_until > clock_timestamp())
      AND (quiet_from IS NULL OR quiet_from > clock_timestamp())
    ORDER BY ${order} LIMIT 1
    FOR UPDATE SKIP LOCKED
  ), whose AS MATERIALIZED (
    SELECT m.id, CASE WHEN $1::float8 > 0 THEN ${pairOfMessage} END AS pair, ${forgoAtRest}
    FROM next m
  ), reserved AS (
    INSERT INTO paced_pair AS p (pair, free_at)
    SELECT pair, clock_timestamp() + $1 * interval '1 ms' FROM whose WHERE pair IS NOT NULL
    ON CONFLICT (pair) DO UPDATE SET free_at = excluded.free_at
      WHERE p.free_at <= clock_timestamp()
    RETURNING pair
  )
  UPDATE message SET due_at = least(due_at, clock_timestamp())
  WHERE id IN (
    SELECT id FROM whose WHERE pair IS NULL
    UNION ALL SELECT id FROM whose JOIN reserved USING (pair))
  RETURNING id
`;

const nextSuspect = nextOf('losses >= 2 AND due_at <= clock_timestamp()', 'due_at');

/** One whose earlier answer was lost comes last: what it asks is not whether the account takes messages. */
const nextForProbe = nextOf('held_by = $2 AND losses < 2', 'look_up_first, due_at');
