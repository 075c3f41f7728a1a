import { createHash } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import type { DispatchCommand } from '#domain/dispatch/dispatch-command.js';
import { DispatchNotification } from '#domain/dispatch/dispatch-notification.js';
import { dayIn } from '#domain/reminders/calendar-date.js';
import { nameVehicles } from '#domain/reminders/name-vehicles.js';
import { defaultNoticeOffsets, dueDatesToLookAt, noticeDue } from '#domain/reminders/notice-due.js';
import {
  type DueReminder,
  DueReminders,
  type NoticeTerms,
  type ReminderGroup,
} from '#infrastructure/persistence/due-reminders.js';
import {
  type NoticesUnderWay,
  noticeClaim,
  ReminderNotices,
} from '#infrastructure/persistence/reminder-notices.js';
import type { RunResult } from '#infrastructure/persistence/schedules.js';
import { type DueRun, ScheduledJob } from './job.js';

/** Groups read at a time. */
const pageSize = 200;

interface Counts {
  /** Reminders with a due date that may have a notice today. */
  looked_at: number;
  /** Messages. */
  dispatched: number;
  refused: number;
  failed: number;
}

/**
 * Reminds customers of maintenance that is due, in the morning of their workshop, through the
 * orchestration like any event. What is due for several vehicles of a customer is one event.
 */
@Injectable()
export class RemindMaintenanceJob extends ScheduledJob {
  readonly name = noticeClaim.operation;
  override readonly inEveryZone = true;
  private readonly logger = new Logger('RemindMaintenance');

  constructor(
    private readonly reminders: DueReminders,
    private readonly notices: ReminderNotices,
    private readonly dispatch: DispatchNotification,
  ) {
    super();
  }

  /** Throws where a failure of ours left notices under way; the next run finds them. */
  async run({ now, zones, homeZone }: DueRun): Promise<RunResult> {
    const counts: Counts = { looked_at: 0, dispatched: 0, refused: 0, failed: 0 };
    await this.notices.giveUpOld(now);
    const talleres = await this.reminders.talleresIn(zones);
    if (zones.includes(homeZone)) {
      talleres.push({ id: null, offsets: defaultNoticeOffsets, timeZone: homeZone });
    }
    for (const taller of talleres) {
      await this.giveUnderWay(taller, counts);
      await this.giveDue(taller, now, counts);
    }
    if (counts.failed > 0) {
      counts.failed = 0;
      for (const taller of talleres) await this.giveUnderWay(taller, counts);
    }
    if (counts.failed > 0) throw new Error(`failed for some: ${JSON.stringify(counts)}`);
    return { ...counts };
  }

  /** What a process that died left, and what failed a moment ago. */
  private async giveUnderWay(taller: NoticeTerms, counts: Counts): Promise<void> {
    for (const left of await this.notices.underWay(taller.id)) {
      await this.give(left, taller, counts);
    }
  }

  private async giveDue(taller: NoticeTerms, now: Date, counts: Counts): Promise<void> {
    const today = dayIn(taller.timeZone, now);
    const decide = ({ dueOn, given }: DueReminder) =>
      noticeDue(dueOn, today, given, taller.offsets);
    const dueDates = dueDatesToLookAt(today, taller.offsets);
    let page: ReminderGroup[];
    let last: ReminderGroup | undefined;
    do {
      page = await this.reminders.page(taller.id, dueDates, last, pageSize);
      last = page.at(-1);
      for (const group of page) {
        counts.looked_at += group.reminders.length;
        if (group.reminders.every((reminder) => decide(reminder) === undefined)) continue;
        const claimed = await this.notices.claim(group, now, decide);
        if (claimed) await this.give(claimed, taller, counts);
      }
    } while (page.length === pageSize);
  }

  /** One that fails stays under way and does not keep the others from being told. */
  private async give(notices: NoticesUnderWay, taller: NoticeTerms, counts: Counts): Promise<void> {
    const { dispatchKey } = notices;
    try {
      const result = await this.dispatch.execute(commandOf(notices, taller.id), {
        ...noticeClaim,
        key: dispatchKey,
        bodyHash: new Uint8Array(),
      });
      if (result.kind === 'accepted') {
        await this.notices.settle(dispatchKey, { eventId: result.receipt.eventId });
        counts.dispatched += 1;
      } else if (result.kind !== 'key_in_use') {
        // Another scheduler that gives the same notice settles it.
        const refusal = result.kind === 'refused' ? result.code : result.kind;
        await this.notices.settle(dispatchKey, { refusal });
        counts.refused += 1;
      }
    } catch (error) {
      counts.failed += 1;
      this.logger.error({ msg: 'a reminder was not sent', dispatchKey, error: String(error) });
    }
  }
}

function commandOf(
  { customerId, serviceTypeId, reminders }: NoticesUnderWay,
  tallerId: string | null,
): DispatchCommand {
  const vehicles = new Set(reminders.map(({ vehicleId }) => vehicleId));
  const [vehicle = null] = vehicles;
  return {
    eventType: 'maintenance_reminder',
    serviceType: serviceTypeId,
    subtype: null,
    phase: 'phase-schedule',
    target: 'clients',
    customerId,
    vehicleId: vehicles.size === 1 ? vehicle : null,
    tallerId,
    context: nameVehicles(reminders),
    businessKey: businessKeyOf(reminders.map(({ id }) => id)),
    validUntil: null,
    scheduledFor: null,
    priority: 'normal',
    critical: false,
    requestId: null,
  };
}

/**
 * A notice not yet sent gives way to the next one of the same reminders, and only to that: one of
 * others would leave something untold. A fleet's ids would be too long for a key.
 */
function businessKeyOf(ids: readonly string[]): string {
  const [only] = ids;
  if (ids.length === 1) return `reminder:${only}`;
  return `reminders:${createHash('sha256')
    .update([...ids].sort().join())
    .digest('hex')}`;
}
