import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who changed which setting, from what to what. Append-only; it holds nothing of customers. */
export class CreateAudit1795305600003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- changes: {"member": [before, after]}; a secret's values are told as set or not set.
      CREATE TABLE audit_entry (
        id uuid PRIMARY KEY,
        at timestamptz NOT NULL DEFAULT clock_timestamp(),
        author_id text NOT NULL,
        author_name text NOT NULL,
        request_id text,
        action text NOT NULL,
        resource text NOT NULL,
        resource_id text NOT NULL,
        taller_id uuid,
        changes jsonb NOT NULL DEFAULT '{}'
      );
      CREATE INDEX audit_entry_at ON audit_entry (at);
      CREATE INDEX audit_entry_resource ON audit_entry (resource, resource_id, at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE audit_entry');
  }
}
