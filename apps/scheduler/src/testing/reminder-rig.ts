import { Logger } from '@nestjs/common';
import { addDays } from '#domain/reminders/calendar-date.js';
import { DueReminders } from '#infrastructure/persistence/due-reminders.js';
import { ReminderNotices } from '#infrastructure/persistence/reminder-notices.js';
import type { RunResult } from '#infrastructure/persistence/schedules.js';
import {
  aProcess,
  openSeededDatabase,
  type SeededDatabase,
} from '#infrastructure/testing/seeded-database.js';
import { RemindMaintenanceJob } from '../jobs/remind-maintenance.job.js';

export const today = '2027-03-10';
export const northId = '0190aaaa-0000-7000-8000-000000000001';
const home = 'America/Guayaquil';

interface Made {
  vehicleId?: string;
  customerId?: string;
  serviceType?: string;
  status?: string;
}

/** A workshop with vehicles, and three schedulers that may remind their owners. */
export class ReminderRig {
  private constructor(
    private readonly database: SeededDatabase,
    private readonly jobs: RemindMaintenanceJob[],
  ) {}

  static async open(): Promise<ReminderRig> {
    Logger.overrideLogger(false);
    const database = await openSeededDatabase();
    const dataSources = [database.dataSource, await database.open(), await database.open()];
    const jobs = dataSources.map(
      (dataSource) =>
        new RemindMaintenanceJob(
          new DueReminders(dataSource),
          new ReminderNotices(dataSource),
          aProcess(dataSource).dispatch,
        ),
    );
    const rig = new ReminderRig(database, jobs);
    await rig.query(`
      INSERT INTO taller (id, slug, name) VALUES ('${northId}', 'taller-norte', 'Taller Norte');
      INSERT INTO vehicle (id, customer_id, plate, make, model, year) VALUES
        ('kia-carlos', 'carlos', 'XYZ987', 'Kia', 'Rio', 2020),
        ('vehicle-mudo', 'mudo', 'MUD001', 'MG', 'ZS', NULL);
    `);
    return rig;
  }

  close(): Promise<void> {
    return this.database.close();
  }

  /** Takes away what a test made. */
  async clear(): Promise<void> {
    await this.query(
      'TRUNCATE reminder, reminder_notice, event, notification, message, timeline, idempotency_key',
    );
    await this.query(`UPDATE customer SET taller_id = NULL;
      UPDATE taller SET is_active = true, reminder_offsets_days = DEFAULT`);
  }

  query = (sql: string, parameters?: unknown[]) => this.database.dataSource.query(sql, parameters);

  /** A reminder that is due so many days from today. */
  async remind(days: number, made: Made = {}): Promise<string> {
    const [{ id }] = await this.query(
      `INSERT INTO reminder (id, customer_id, vehicle_id, service_type_id, due_on, status)
       SELECT gen_random_uuid(), $2, $3, id, $1, $5 FROM service_type WHERE slug = $4
       RETURNING id`,
      [
        addDays(today, days),
        made.customerId ?? 'carlos',
        made.vehicleId ?? 'vehicle-carlos',
        made.serviceType ?? 'mantenimiento-preventivo',
        made.status ?? 'pending',
      ],
    );
    return id;
  }

  /** The morning of a day (08:05 in Guayaquil), by one of the schedulers. */
  async run(day = today, scheduler = 0): Promise<RunResult> {
    const now = new Date(`${day}T13:05:00Z`);
    const job = this.jobs[scheduler];
    return (await job?.run({ now, zones: [home], homeZone: home })) ?? {};
  }

  events() {
    return this.query('SELECT * FROM event ORDER BY id');
  }

  notices() {
    return this.query(
      `SELECT reminder_id, due_on::text, offset_days, event_id, refusal FROM reminder_notice
       ORDER BY given_at, offset_days, reminder_id`,
    );
  }
}
