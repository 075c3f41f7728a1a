import type { MigrationInterface, QueryRunner } from 'typeorm';

/** In a step of its own, where it keeps nobody from writing. */
export class ValidateKindsAndStates1795305600024 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE dead_letter VALIDATE CONSTRAINT dead_letter_kind_check;
      ALTER TABLE schedule_run VALIDATE CONSTRAINT schedule_run_state_check;
    `);
  }

  async down(): Promise<void> {
    // What holds may go on holding.
  }
}
