import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Customers and vehicles as people search for them, and what is left of people who are erased. */
export class SearchAndErasePeople1795305600006 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(searchColumns);
    await runner.query(trigramIndexes);
    await runner.query(erasure);
  }

  // The extension stays: it may have been there before, or others may use it by now.
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE erasure;
      DROP INDEX vehicle_plate, customer_taller, customer_created, customer_name;
      ALTER TABLE vehicle DROP COLUMN search_text, DROP COLUMN plate_key;
      ALTER TABLE customer DROP COLUMN search_text;
      DROP FUNCTION plate_key(text);
    `);
  }
}

/**
 * Kept with the row: a search that made the text anew for each of 200,000 customers took 2 s. The
 * indexes give a page in the order of a list without sorting them all.
 */
const searchColumns = `
  ALTER TABLE customer ADD COLUMN search_text text NOT NULL GENERATED ALWAYS AS (
    searchable(name) || chr(10) || searchable(coalesce(email, '')) || chr(10) || coalesce(phone, '')
  ) STORED;
  CREATE INDEX customer_name ON customer (name, id);
  CREATE INDEX customer_created ON customer (created_at, id);
  CREATE INDEX customer_taller ON customer (taller_id, name, id);

  -- A plate as it is compared: ABC-123, abc 123 and ABC123 are one.
  CREATE FUNCTION plate_key(text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS
    $$ SELECT regexp_replace(searchable($1), '[[:space:][:punct:]]', '', 'g') $$;

  ALTER TABLE vehicle
    ADD COLUMN plate_key text NOT NULL GENERATED ALWAYS AS (plate_key(plate)) STORED,
    ADD COLUMN search_text text NOT NULL GENERATED ALWAYS AS (
      searchable(plate || ' ' || make || ' ' || model || ' ' || coalesce(year::text, ''))
        || chr(10) || plate_key(plate)
    ) STORED;
  CREATE INDEX vehicle_plate ON vehicle (plate, id);
`;

/**
 * Trigrams find a part of a text without reading all rows. Where the extension cannot be had (not
 * installed, not allowed, out of the search path), searches read all rows and find the same.
 */
const trigramIndexes = `
  DO $$
  DECLARE home text;
  BEGIN
    CREATE EXTENSION IF NOT EXISTS pg_trgm;
    SELECT quote_ident(n.nspname) INTO home
      FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
      WHERE e.extname = 'pg_trgm';
    EXECUTE format(
      'CREATE INDEX customer_search ON customer USING gin (search_text %s.gin_trgm_ops)', home);
    EXECUTE format(
      'CREATE INDEX vehicle_search ON vehicle USING gin (search_text %s.gin_trgm_ops)', home);
  EXCEPTION
    WHEN insufficient_privilege OR undefined_file OR feature_not_supported OR undefined_object THEN
      RAISE NOTICE 'pg_trgm cannot be had (%): searches read all rows', SQLERRM;
  END $$;
`;

/**
 * One row for each person who was erased. Its id is all that the log names him by from then on.
 * customer_id stands only while rows that name him are left. customer_hash is SHA-256 of it, kept
 * some seconds longer to find what a dispatch wrote that had read the customer just before.
 */
const erasure = `
  CREATE TABLE erasure (
    id uuid PRIMARY KEY,
    taller_id uuid,
    customer_id text,
    customer_hash bytea,
    requested_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    erased_at timestamptz,
    events integer NOT NULL DEFAULT 0,
    canceled integer NOT NULL DEFAULT 0
  );
  CREATE UNIQUE INDEX erasure_under_way ON erasure (customer_id) WHERE customer_id IS NOT NULL;
  CREATE INDEX erasure_open ON erasure (requested_at) WHERE customer_hash IS NOT NULL;
`;
