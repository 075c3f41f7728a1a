import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the lists of staff members and of the audit trail are searched and kept apart by. */
export class SearchStaffAndAudit1795305600004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE staff_member ADD COLUMN search_text text NOT NULL GENERATED ALWAYS AS
        (searchable(name || chr(10) || coalesce(email, '')) || chr(10) || coalesce(phone, ''))
        STORED;
      CREATE INDEX staff_phase_phase ON staff_phase (phase_id);

      -- A workshop's key sees that workshop's entries alone, the newest first.
      CREATE INDEX audit_entry_taller ON audit_entry (taller_id, at) WHERE taller_id IS NOT NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX audit_entry_taller, staff_phase_phase;
      ALTER TABLE staff_member DROP COLUMN search_text;
    `);
  }
}
