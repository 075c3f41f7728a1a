import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Lets a key be replaced by a new one that calls under the same name. */
export class RotateApiKeys1795305600008 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- caller_id: the first key's id all along a line of rotated keys. Idempotency keys and rate
      -- limits hang on it, so that a request repeated under the new key is still a repeat.
      ALTER TABLE api_key
        ADD COLUMN caller_id uuid,
        ADD COLUMN replaced_by uuid REFERENCES api_key ON DELETE SET NULL;
      UPDATE api_key SET caller_id = id;
      ALTER TABLE api_key ALTER COLUMN caller_id SET NOT NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE api_key DROP COLUMN replaced_by, DROP COLUMN caller_id');
  }
}
