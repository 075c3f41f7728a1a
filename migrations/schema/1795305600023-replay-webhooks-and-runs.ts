import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Webhooks that nobody could read, and runs of schedules that used up their tries, can be replayed. */
export class ReplayWebhooksAndRuns1795305600023 implements MigrationInterface {
  /** dead_letter last, and not looked through: every rung that fails for good waits for it. */
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- asked: a replay that no scheduler has taken yet. Such a run's due_at is when it was asked
      -- for, and zones are those of the run that failed; null in runs of before.
      ALTER TABLE schedule_run DROP CONSTRAINT schedule_run_state_check;
      ALTER TABLE schedule_run ADD CONSTRAINT schedule_run_state_check
        CHECK (state IN ('asked', 'running', 'done', 'failed', 'missed')) NOT VALID;
      ALTER TABLE schedule_run ADD COLUMN id uuid NOT NULL DEFAULT gen_random_uuid(),
        ADD COLUMN zones text[], ADD COLUMN replay_of uuid;

      ALTER TABLE dead_letter DROP CONSTRAINT dead_letter_kind_check;
      ALTER TABLE dead_letter ADD CONSTRAINT dead_letter_kind_check
        CHECK (kind IN ('notification', 'sync', 'webhook', 'schedule')) NOT VALID;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DELETE FROM dead_letter WHERE kind IN ('webhook', 'schedule');
      ALTER TABLE dead_letter DROP CONSTRAINT dead_letter_kind_check;
      ALTER TABLE dead_letter ADD CONSTRAINT dead_letter_kind_check
        CHECK (kind IN ('notification', 'sync'));
      DELETE FROM schedule_run WHERE state = 'asked';
      ALTER TABLE schedule_run DROP CONSTRAINT schedule_run_state_check;
      ALTER TABLE schedule_run ADD CONSTRAINT schedule_run_state_check
        CHECK (state IN ('running', 'done', 'failed', 'missed'));
      ALTER TABLE schedule_run DROP COLUMN id, DROP COLUMN zones, DROP COLUMN replay_of;
    `);
  }
}
