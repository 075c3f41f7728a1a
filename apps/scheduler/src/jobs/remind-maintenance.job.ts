import { Injectable } from '@nestjs/common';
import { DispatchNotification } from '#domain/dispatch/dispatch-notification.js';
import { defaultNoticeOffsets, noticeDue, noticeGraceDays } from '#domain/reminders/notice-due.js';
import { type DueReminder, DueReminders } from '#infrastructure/persistence/due-reminders.js';
import type { RunResult } from '#infrastructure/persistence/schedules.js';
import { ScheduledJob } from './job.js';

const pageSize = 200;
const window = Math.max(...defaultNoticeOffsets.map(Math.abs)) + noticeGraceDays;

/** Reminds customers of maintenance that is due, through the orchestration like any event. */
@Injectable()
export class RemindMaintenanceJob extends ScheduledJob {
  readonly name = 'check_maintenance_reminders';

  constructor(
    private readonly reminders: DueReminders,
    private readonly dispatch: DispatchNotification,
  ) {
    super();
  }

  async run(): Promise<RunResult> {
    const counts = { looked_at: 0, dispatched: 0, refused: 0 };
    let page: DueReminder[];
    let cursor: string | null = null;
    do {
      page = await this.reminders.page(window, cursor, pageSize);
      for (const reminder of page) {
        counts.looked_at += 1;
        const offset = noticeDue(reminder.dueOn, reminder.today, reminder.given);
        if (offset !== undefined) counts[await this.give(reminder, offset)] += 1;
      }
      cursor = page.at(-1)?.id ?? null;
    } while (page.length === pageSize);
    return counts;
  }

  // The idempotency key makes a repeat after a crash between the two writes send nothing twice.
  private async give(reminder: DueReminder, offset: number): Promise<'dispatched' | 'refused'> {
    const { id, dueOn, customerId, vehicleId, serviceTypeId, tallerId } = reminder;
    const result = await this.dispatch.execute(
      {
        eventType: 'maintenance_reminder',
        serviceType: serviceTypeId,
        subtype: null,
        phase: 'phase-schedule',
        target: 'clients',
        customerId,
        vehicleId,
        tallerId,
        context: { Fecha: inWords(dueOn) },
        businessKey: `reminder:${id}`,
        validUntil: null,
        scheduledFor: null,
        priority: 'normal',
        critical: false,
        requestId: null,
      },
      {
        caller: 'scheduler',
        operation: this.name,
        key: `${id}:${dueOn}:${offset}`,
        bodyHash: new Uint8Array(),
      },
    );
    if (result.kind === 'accepted') {
      await this.reminders.markGiven(reminder, offset, { eventId: result.receipt.eventId });
      return 'dispatched';
    }
    const refusal = result.kind === 'refused' ? result.code : result.kind;
    await this.reminders.markGiven(reminder, offset, { refusal });
    return 'refused';
  }
}

const dateInWords = new Intl.DateTimeFormat('es-EC', { dateStyle: 'long', timeZone: 'UTC' });

function inWords(date: string): string {
  return dateInWords.format(new Date(`${date}T00:00:00Z`));
}
