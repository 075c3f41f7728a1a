import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A cancellation holds for what comes back later, too: of that nothing may be sent again. */
export class RememberCancellations1795305600022 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE event ADD COLUMN canceled_at timestamptz');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE event DROP COLUMN canceled_at');
  }
}
