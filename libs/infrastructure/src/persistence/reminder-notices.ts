import type { DataSource, EntityManager } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import { noticeGraceDays } from '#domain/reminders/notice-due.js';
import { type DueReminder, groupColumns, type ReminderGroup, tellable } from './due-reminders.js';
import { retryDeadlocks } from './transient-errors.js';

/** Notices that are written down and not dispatched yet, all in one message. */
export interface NoticesUnderWay extends ReminderGroup {
  /** The idempotency key of their dispatch. */
  dispatchKey: string;
}

/** By what a dispatch of notices is known again, beside its key. */
export const noticeClaim = { caller: 'scheduler', operation: 'check_maintenance_reminders' };

/**
 * Writes down which notices are given. A notice is written before it is dispatched, so that no
 * other scheduler decides on it; who finds it without an end dispatches it again under the same
 * key, which sends it once.
 */
export class ReminderNotices {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Claims the notices of a group that are to be given now, decided while nobody else can decide
   * on the same reminders. Null when there are none (any more).
   *
   * @param decide the notice of a reminder as its offset in days, if one is due
   */
  claim(
    group: ReminderGroup,
    now: Date,
    decide: (reminder: DueReminder) => number | undefined,
  ): Promise<NoticesUnderWay | null> {
    const ids = group.reminders.map(({ id }) => id);
    return retryDeadlocks(() =>
      this.dataSource.transaction(async (manager) => {
        await manager.query(lockReminders, [ids]);
        // A statement of its own: it sees what was committed while the locks were waited for.
        const groups = await manager.query<ReminderGroup[]>(readAgain, [
          ids,
          group.customerId,
          group.serviceTypeId,
        ]);
        const due = groups
          .flatMap(({ reminders }) => reminders)
          .flatMap((reminder) => {
            const offsetDays = decide(reminder);
            return offsetDays === undefined ? [] : [{ reminder, offsetDays }];
          });
        if (due.length === 0) return null;
        const dispatchKey = uuidv7();
        await write(manager, due, dispatchKey, now);
        return { ...group, reminders: due.map(({ reminder }) => reminder), dispatchKey };
      }),
    );
  }

  /** Those of a workshop's customers that a process left without an end. */
  underWay(tallerId: string | null): Promise<NoticesUnderWay[]> {
    return this.dataSource.query<NoticesUnderWay[]>(readUnderWay, [tallerId]);
  }

  /** Writes down how a dispatch ended for its notices. */
  async settle(
    dispatchKey: string,
    outcome: { eventId: string } | { refusal: string },
  ): Promise<void> {
    await this.dataSource.query(
      `UPDATE reminder_notice SET event_id = $2, refusal = $3
       WHERE dispatch_key = $1 AND event_id IS NULL`,
      [
        dispatchKey,
        'eventId' in outcome ? outcome.eventId : null,
        'refusal' in outcome ? outcome.refusal : null,
      ],
    );
  }

  /** Ends the notices without an end that are too late by now, or no longer wanted. */
  async giveUpOld(now: Date): Promise<void> {
    const { caller, operation } = noticeClaim;
    await this.dataSource.query(endOld, [now, noticeGraceDays, caller, operation]);
  }
}

async function write(
  manager: EntityManager,
  due: readonly { reminder: DueReminder; offsetDays: number }[],
  dispatchKey: string,
  now: Date,
): Promise<void> {
  await manager.query(
    `INSERT INTO reminder_notice (reminder_id, due_on, offset_days, dispatch_key, given_at)
     SELECT reminder_id, due_on, offset_days, $4, $5
     FROM unnest($1::uuid[], $2::date[], $3::smallint[]) AS n(reminder_id, due_on, offset_days)`,
    [
      due.map(({ reminder }) => reminder.id),
      due.map(({ reminder }) => reminder.dueOn),
      due.map(({ offsetDays }) => offsetDays),
      dispatchKey,
      now,
    ],
  );
}

// In order, so that no two wait for each other.
const lockReminders = `
  SELECT FROM reminder WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE
`;

const readAgain = `
  SELECT ${groupColumns('r.effective_due_on')}
  FROM ${tellable('reminder')}
  WHERE r.id = ANY($1::uuid[]) AND r.customer_id = $2 AND r.service_type_id = $3
    AND r.status = 'pending' AND r.effective_due_on IS NOT NULL
  GROUP BY r.customer_id, r.service_type_id
`;

const isUnderWay = `n.event_id IS NULL AND n.refusal IS NULL AND n.dispatch_key IS NOT NULL`;

const readUnderWay = `
  SELECT n.dispatch_key AS "dispatchKey", ${groupColumns('n.due_on')}
  FROM reminder_notice n
  JOIN (${tellable('reminder')}) ON r.id = n.reminder_id
  WHERE ${isUnderWay} AND r.status = 'pending' AND c.taller_id IS NOT DISTINCT FROM $1::uuid
  GROUP BY n.dispatch_key, r.customer_id, r.service_type_id
  ORDER BY n.dispatch_key
`;

/** What was dispatched before its process died has its event under its key. */
const endOld = `
  UPDATE reminder_notice n
  SET event_id = sent.event_id,
    refusal = CASE WHEN sent.event_id IS NULL THEN 'not_sent_in_time' END
  FROM reminder_notice old
  JOIN reminder r ON r.id = old.reminder_id
  LEFT JOIN idempotency_key sent
    ON sent.caller = $3 AND sent.operation = $4 AND sent.key = old.dispatch_key::text
  WHERE (n.reminder_id, n.due_on, n.offset_days) = (old.reminder_id, old.due_on, old.offset_days)
    AND ${isUnderWay}
    AND (r.status <> 'pending' OR n.given_at < $1::timestamptz - ($2 + 1) * interval '1 day')
`;
