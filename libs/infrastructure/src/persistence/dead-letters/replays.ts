import type { DataSource, EntityManager } from 'typeorm';
import type { HouseFacts } from '#domain/dispatch/plan-dispatch.js';
import type { DispatchStore } from '#domain/ports/dispatch-store.js';
import type { DeadLetterRow } from '../schema/dead-letter.schema.js';
import type { SyncWakeUps } from '../sync/run-sync-task.js';
import { retryDeadlocks } from '../transient-errors.js';
import type { WakeUps } from '../wake-ups.js';
import { replayRun } from './dead-runs.js';
import { replayWebhook } from './dead-webhooks.js';
import { type PlannedReplay, planAgain, replayNotification } from './replay-notification.js';
import { replayTask } from './replay-task.js';
import { type ReplayOutcome, settleDeadLetter } from './settle-dead-letter.js';

/** A replay with all that it rests on, ready to be carried out in a transaction. */
export interface PreparedReplay {
  letter: Pick<DeadLetterRow, 'id' | 'kind'>;
  /** Null for what is no notification, or is not there any more. */
  planned: PlannedReplay | null;
}

/** Which dead letters are replayed together. */
export interface ReplayGroup {
  kind: DeadLetterRow['kind'];
  cause: string;
  /** The pace: how many a minute. */
  perMinute: number;
}

/**
 * Replays what failed for good: one at once, or a group at a set pace. A replay is a new
 * notification, task, webhook or run; what failed stays as it ended.
 */
export class Replays {
  constructor(
    private readonly dataSource: DataSource,
    private readonly store: DispatchStore,
    private readonly house: HouseFacts,
    private readonly wakeUps: WakeUps,
    private readonly syncWakeUps: SyncWakeUps,
  ) {}

  /** Outside of a transaction; {@link carryOut} follows in one. */
  async prepare(letter: PreparedReplay['letter']): Promise<PreparedReplay> {
    const planned =
      letter.kind === 'notification'
        ? await planAgain(this.dataSource, this.store, this.house, letter.id)
        : null;
    return { letter, planned };
  }

  /**
   * Replays a dead letter, unless somebody has: then it gives what came of that. Null when there is
   * no such dead letter.
   */
  carryOut(
    manager: EntityManager,
    { letter, planned }: PreparedReplay,
  ): Promise<ReplayOutcome | null> {
    const { id, kind } = letter;
    return settleDeadLetter(manager, id, async () => {
      if (kind !== 'notification') return others[kind](manager, id);
      if (!planned) return { kind: 'refused', reason: 'nothing_left' };
      return replayNotification(manager, id, planned);
    });
  }

  /** Once what was carried out is committed. */
  wake(outcome: ReplayOutcome): void {
    if (outcome.kind !== 'replayed') return;
    this.wakeUps.wake(outcome.wake.messages);
    this.syncWakeUps.wake(outcome.wake.tasks);
  }

  /**
   * Gives each dead letter of a group its time, one after the other at the group's pace, behind
   * what others asked for; the sweep carries them out.
   *
   * @param scope the only workshop whose dead letters are meant; null: all
   * @returns how many there are, and when the last is due
   */
  async schedule(
    manager: EntityManager,
    scope: string | null,
    { kind, cause, perMinute }: ReplayGroup,
  ): Promise<{ count: number; lastDueAt: Date | null }> {
    // Of two groups at once, neither would see the other's times.
    await manager.query(`SELECT pg_advisory_xact_lock(hashtextextended('dead_letter_replay', 0))`);
    const [scheduled] = await manager.query<[{ replay_due_at: Date }[], number]>(schedule, [
      kind,
      cause,
      scope,
      perMinute,
    ]);
    const last = Math.max(...scheduled.map(({ replay_due_at }) => replay_due_at.getTime()));
    return {
      count: scheduled.length,
      lastDueAt: scheduled.length === 0 ? null : new Date(last),
    };
  }

  /** Carries out up to `limit` of the replays that are due; gives back how many were tried. */
  async sweep(limit: number, onFault: (id: string, error: unknown) => void): Promise<number> {
    const [due] = await this.dataSource.query<[PreparedReplay['letter'][], number]>(takeDue, [
      limit,
      ['notification', ...Object.keys(others)],
    ]);
    for (const letter of due) await this.replay(letter).catch((error) => onFault(letter.id, error));
    return due.length;
  }

  private async replay(letter: PreparedReplay['letter']): Promise<void> {
    const prepared = await this.prepare(letter);
    const outcome = await retryDeadlocks(() =>
      this.dataSource.transaction((manager) => this.carryOut(manager, prepared)),
    );
    if (outcome) this.wake(outcome);
  }
}

/** What nothing has to be planned for. */
const others = { sync: replayTask, webhook: replayWebhook, schedule: replayRun };

const schedule = `
  WITH first AS MATERIALIZED (
    SELECT greatest(clock_timestamp(), max(replay_due_at) + interval '1 minute' / $4::integer)
      AS due_at
    FROM dead_letter WHERE resolved_at IS NULL AND replay_due_at IS NOT NULL
  ), wanted AS (
    SELECT id, row_number() OVER (ORDER BY at, id) AS place FROM dead_letter
    WHERE kind = $1 AND cause = $2 AND ($3::uuid IS NULL OR taller_id = $3)
      AND resolved_at IS NULL AND replay_due_at IS NULL
  )
  UPDATE dead_letter d
  SET replay_due_at = first.due_at + (wanted.place - 1) * interval '1 minute' / $4::integer
  FROM wanted, first
  WHERE d.id = wanted.id AND d.resolved_at IS NULL
  RETURNING d.replay_due_at
`;

/**
 * Taken for a minute: another worker leaves it alone, and one that could not be carried out comes
 * again without keeping the others waiting. Kinds that a newer worker knows are left for it.
 */
const takeDue = `
  UPDATE dead_letter d SET replay_due_at = clock_timestamp() + interval '1 minute'
  FROM (
    SELECT id FROM dead_letter
    WHERE resolved_at IS NULL AND replay_due_at <= clock_timestamp() AND kind = ANY($2::text[])
    ORDER BY replay_due_at LIMIT $1
    FOR UPDATE SKIP LOCKED
  ) due
  WHERE d.id = due.id
  RETURNING d.id, d.kind
`;
