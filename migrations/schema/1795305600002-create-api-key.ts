import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The keys by which callers show who they are. Only a key's hash is kept. */
export class CreateApiKey1795305600002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- hash is SHA-256 of the whole key. A key is 32 random bytes, which nobody can guess through,
      -- so the slow hashes that protect weak passwords would cost every request and gain nothing.
      -- prefix is the key's beginning, by which people tell keys apart.
      CREATE TABLE api_key (
        id uuid PRIMARY KEY,
        name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
        prefix text NOT NULL,
        hash bytea NOT NULL UNIQUE CHECK (length(hash) = 32),
        scopes text[] NOT NULL CHECK (scopes <@ ARRAY['dispatch', 'read', 'write', 'admin']),
        taller_id uuid REFERENCES taller ON DELETE CASCADE,
        expires_at timestamptz,
        revoked_at timestamptz,
        last_used_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now()
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE api_key');
  }
}
