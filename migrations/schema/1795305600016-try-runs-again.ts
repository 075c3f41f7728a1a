import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A run of a schedule that failed, or whose scheduler died, is tried again, but not for ever. */
export class TryRunsAgain1795305600016 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE schedule_run ADD COLUMN tries smallint NOT NULL DEFAULT 1');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE schedule_run DROP COLUMN tries');
  }
}
