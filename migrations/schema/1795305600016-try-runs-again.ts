import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A run of a schedule that failed, or whose scheduler died, is tried again, but not for ever. And
 * what lately left by WhatsApp can be looked at: whether any of it was acknowledged.
 */
export class TryRunsAgain1795305600016 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE schedule_run ADD COLUMN tries smallint NOT NULL DEFAULT 1;
      CREATE INDEX message_sent_by_whatsapp ON message (sent_at)
        WHERE channel = 'whatsapp' AND sent_at IS NOT NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX message_sent_by_whatsapp;
      ALTER TABLE schedule_run DROP COLUMN tries;
    `);
  }
}
