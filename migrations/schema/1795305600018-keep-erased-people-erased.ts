import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An erasure outlives what the core system said before it and sends late. */
export class KeepErasedPeopleErased1795305600018 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(erasedRecords);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE erased_record;
      ALTER TABLE sync_task DROP COLUMN ignored;
    `);
  }
}

const erasedRecords = `
  -- id_hash: HMAC-SHA256 of kind and id under a key derived from SECRET_KEY; nobody can guess ids
  -- against it who has the database alone. last_version: the newest that the core system had said
  -- of it by then, -1 for nothing. A record that is newer for sure takes the row away.
  CREATE TABLE erased_record (
    id_hash bytea PRIMARY KEY,
    last_version bigint NOT NULL,
    erased_at timestamptz NOT NULL DEFAULT clock_timestamp()
  );

  -- Records that came too late to bring back who was erased.
  ALTER TABLE sync_task ADD COLUMN ignored integer NOT NULL DEFAULT 0;

  -- It was a plain hash of an id that can be guessed. What is open is still ended.
  UPDATE erasure SET customer_hash = '' WHERE customer_hash IS NOT NULL;
  COMMENT ON COLUMN erasure.customer_hash IS
    'as erased_record.id_hash; kept some seconds, for what a dispatch wrote at the same moment';
`;
