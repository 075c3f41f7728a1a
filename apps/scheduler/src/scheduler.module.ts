import { type DynamicModule, Module } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { DataSource } from 'typeorm';
import type { Configuration } from '#infrastructure/config/configuration.js';
import { DueReminders } from '#infrastructure/persistence/due-reminders.js';
import { IdempotencyKeys } from '#infrastructure/persistence/idempotency-keys.js';
import { Outbox } from '#infrastructure/persistence/outbox.js';
import { ReminderNotices } from '#infrastructure/persistence/reminder-notices.js';
import { RollUps } from '#infrastructure/persistence/roll-ups.js';
import { Schedules } from '#infrastructure/persistence/schedules.js';
import { bind } from '#infrastructure/wiring/bind.js';
import { databaseProviders } from '#infrastructure/wiring/database.providers.js';
import { dispatchProviders } from '#infrastructure/wiring/dispatch.providers.js';
import { queueProviders } from '#infrastructure/wiring/queue.providers.js';
import { CONFIGURATION } from '#infrastructure/wiring/tokens.js';
import { Clock, JOBS } from './clock.js';
import { FoldOften } from './fold-often.js';
import { FoldAnalyticsJob } from './jobs/fold-analytics.job.js';
import { ForgetIdempotencyKeysJob } from './jobs/forget-idempotency-keys.job.js';
import { ForgetReceiptsJob } from './jobs/forget-receipts.job.js';
import { ForgetStaffNoticesJob } from './jobs/forget-staff-notices.job.js';
import { ForgetSyncTasksJob } from './jobs/forget-sync-tasks.job.js';
import { RemindMaintenanceJob } from './jobs/remind-maintenance.job.js';
import { RetryFailedNotificationsJob } from './jobs/retry-failed-notifications.job.js';

/** The one list of what the scheduler is made of. */
@Module({})
class SchedulerModule {}

export function schedulerModule(configuration: Configuration): DynamicModule {
  return {
    module: SchedulerModule,
    imports: [ScheduleModule.forRoot()],
    providers: [
      { provide: CONFIGURATION, useValue: configuration },
      ...databaseProviders('ambacar-scheduler'),
      ...queueProviders,
      ...dispatchProviders,
      bind(Schedules, [DataSource]),
      bind(DueReminders, [DataSource]),
      bind(ReminderNotices, [DataSource]),
      bind(Outbox, [DataSource]),
      bind(IdempotencyKeys, [DataSource]),
      bind(RollUps, [DataSource]),
      RemindMaintenanceJob,
      RetryFailedNotificationsJob,
      ForgetIdempotencyKeysJob,
      ForgetSyncTasksJob,
      ForgetReceiptsJob,
      ForgetStaffNoticesJob,
      FoldAnalyticsJob,
      {
        provide: JOBS,
        inject: [
          RemindMaintenanceJob,
          RetryFailedNotificationsJob,
          ForgetIdempotencyKeysJob,
          ForgetSyncTasksJob,
          ForgetReceiptsJob,
          ForgetStaffNoticesJob,
          FoldAnalyticsJob,
        ],
        useFactory: (...jobs: unknown[]) => jobs,
      },
      FoldOften,
      Clock,
    ],
  };
}
