import type { DataSource, EntityManager } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import type { CoreCustomer, CoreVehicle } from '#domain/sync/core-record.js';
import type { SyncTaskState } from '#domain/sync/task-status.js';

/** What a task applies. */
export type SyncPayload =
  | { kind: 'customers'; records: CoreCustomer[] }
  | { kind: 'vehicles'; records: CoreVehicle[] };

export interface SyncTaskRow {
  id: string;
  kind: SyncPayload['kind'];
  state: SyncTaskState;
  attempts: number;
  records: number;
  applied: number;
  unchanged: number;
  /** Too old to bring back who was erased. */
  ignored: number;
  error_code: string | null;
  error: string | null;
  created_at: Date;
  ended_at: Date | null;
}

/** A task that this process alone may work on until its lease ends. */
export interface ClaimedTask {
  id: string;
  payload: SyncPayload;
  /** Whether these records waited for a customer before. */
  hasWaited: boolean;
  /** From 1. */
  attempt: number;
  /** Who holds an older fence can record nothing. */
  fence: number;
}

/** Keeps records to be applied, in the transaction of whoever accepts them; gives back the task. */
export async function addSyncTask(
  manager: EntityManager,
  { kind, records }: SyncPayload,
  requestId: string | null,
): Promise<string> {
  const id = uuidv7();
  await manager.query(
    `INSERT INTO sync_task (id, kind, payload, records, request_id, enqueued_at)
     VALUES ($1, $2, $3, $4, $5, clock_timestamp())`,
    [id, kind, JSON.stringify(records), records.length, requestId],
  );
  return id;
}

/** The tasks of the core system's records: what is to be done, by whom, and what came of it. */
export class SyncTasks {
  constructor(private readonly dataSource: DataSource) {}

  async find(id: string): Promise<SyncTaskRow | null> {
    const [row] = await this.dataSource.query<SyncTaskRow[]>(
      `SELECT id, kind, state, attempts, records, applied, unchanged, ignored, error_code,
         error, created_at, ended_at FROM sync_task WHERE id = $1`,
      [id],
    );
    return row ?? null;
  }

  /**
   * Tasks that are due and that no wake-up of the last `patienceMs` named, marked as woken now:
   * retries, lost wake-ups, an emptied queue.
   */
  async takeDue(limit: number, patienceMs: number): Promise<string[]> {
    const [rows] = await this.dataSource.query<[{ id: string }[], number]>(takeDue, [
      limit,
      patienceMs,
    ]);
    return rows.map(({ id }) => id);
  }

  /** Claims a task; null when it is not due, or somebody else has it, or it is over. */
  async claim(id: string, leaseMs: number): Promise<ClaimedTask | null> {
    const [[row]] = await this.dataSource.query<[ClaimedRow[], number]>(claim, [id, leaseMs]);
    return row ? toClaimed(row) : null;
  }

  /** Takes over tasks whose claim ran out without a record, because a process died or hung. */
  async takeOverLost(limit: number, leaseMs: number): Promise<ClaimedTask[]> {
    const [rows] = await this.dataSource.query<[ClaimedRow[], number]>(takeOverLost, [
      limit,
      leaseMs,
    ]);
    return rows.map(toClaimed);
  }
}

const takeDue = `
  UPDATE sync_task t SET enqueued_at = clock_timestamp()
  FROM (
    SELECT id FROM sync_task
    WHERE state = 'queued' AND due_at <= clock_timestamp()
      AND (enqueued_at IS NULL OR enqueued_at < clock_timestamp() - $2 * interval '1 ms')
    ORDER BY due_at LIMIT $1
    FOR UPDATE SKIP LOCKED
  ) due
  WHERE t.id = due.id
  RETURNING t.id
`;

const claimedColumns =
  't.id, t.kind, t.payload, t.waiting_for IS NOT NULL AS has_waited, t.attempts, t.fence';

const claim = `
  UPDATE sync_task t SET state = 'running', attempts = t.attempts + 1, fence = t.fence + 1,
    lease_until = clock_timestamp() + $2 * interval '1 ms'
  FROM (
    SELECT id FROM sync_task
    WHERE id = $1 AND state = 'queued' AND due_at <= clock_timestamp()
    FOR UPDATE SKIP LOCKED
  ) due
  WHERE t.id = due.id
  RETURNING ${claimedColumns}
`;

const takeOverLost = `
  UPDATE sync_task t SET fence = t.fence + 1,
    lease_until = clock_timestamp() + $2 * interval '1 ms'
  FROM (
    SELECT id FROM sync_task WHERE state = 'running' AND lease_until < clock_timestamp()
    ORDER BY lease_until LIMIT $1
    FOR UPDATE SKIP LOCKED
  ) lost
  WHERE t.id = lost.id
  RETURNING ${claimedColumns}
`;

interface ClaimedRow {
  id: string;
  kind: SyncPayload['kind'];
  payload: SyncPayload['records'];
  has_waited: boolean;
  attempts: number;
  fence: number;
}

function toClaimed(row: ClaimedRow): ClaimedTask {
  return {
    id: row.id,
    payload: { kind: row.kind, records: row.payload } as SyncPayload,
    hasWaited: row.has_waited,
    attempt: row.attempts,
    fence: row.fence,
  };
}
