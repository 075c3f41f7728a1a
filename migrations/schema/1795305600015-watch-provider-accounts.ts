import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What is known of provider accounts (whose breaker is open, who must go slowly), which messages
 * are held in front of them, and how often a message's process died.
 */
export class WatchProviderAccounts1795305600015 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(messageColumns);
    await runner.query(accounts);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE provider_account, paced_pair;
      DROP FUNCTION provider_account_of(text, uuid, text);
      DROP INDEX message_suspected, message_held;
      ALTER TABLE message DROP COLUMN losses, DROP COLUMN uncounted, DROP COLUMN held_by,
        DROP COLUMN slot_at;
    `);
  }
}

/** With constant defaults, so that no row is written anew. */
const messageColumns = `
  -- losses:    processes in a row that ended while they held the message.
  -- uncounted: attempts that use up no retry, because they asked whether a provider is back.
  -- held_by:   the provider account in whose line the message stands; slot_at: its turn, null
  --            while the account takes nothing at all.
  ALTER TABLE message
    ADD COLUMN losses smallint NOT NULL DEFAULT 0,
    ADD COLUMN uncounted smallint NOT NULL DEFAULT 0,
    ADD COLUMN held_by text,
    ADD COLUMN slot_at timestamptz;
  CREATE INDEX message_suspected ON message (due_at) WHERE state = 'queued' AND losses >= 2;
  CREATE INDEX message_held ON message (held_by, due_at)
    WHERE state = 'queued' AND held_by IS NOT NULL;
`;

const accounts = `
  -- A workshop's own account where it has settings of its own for the channel, else the house's;
  -- for push the host that the browser's vendor runs.
  CREATE FUNCTION provider_account_of(channel text, taller uuid, endpoint text) RETURNS text
  LANGUAGE sql STABLE AS $$
    SELECT CASE
      WHEN $1 = 'push' THEN 'push:' || coalesce(lower(substring($3 from '^[a-z]+://([^/?#]+)')), '')
      WHEN $2 IS NOT NULL AND EXISTS (
        SELECT FROM channel_setting s WHERE s.taller_id = $2 AND s.channel = $1)
      THEN $1 || ':' || $2::text
      ELSE $1 || ':house'
    END
  $$;

  -- memory:        the account as the domain decides about it; the columns beside repeat what is
  --                searched for.
  -- gated_until:   until then claims look here before they claim; infinity while the breaker is
  --                not closed.
  -- watched_until: it has failed lately, so every process writes down how its calls ended.
  -- has_parked:    messages wait here for a turn that nobody has given them yet.
  CREATE TABLE provider_account (
    account text PRIMARY KEY,
    channel text NOT NULL,
    state text NOT NULL DEFAULT 'closed' CHECK (state IN ('closed', 'open', 'half_open')),
    probe_at timestamptz,
    gated_until timestamptz NOT NULL DEFAULT '-infinity',
    watched_until timestamptz NOT NULL DEFAULT '-infinity',
    has_parked boolean NOT NULL DEFAULT false,
    memory jsonb NOT NULL,
    updated_at timestamptz NOT NULL DEFAULT clock_timestamp()
  ) WITH (fillfactor = 50);

  -- When an account that must not hurry may write to an address again (pair: both, with a space
  -- between them). Lost in a crash of
  -- Postgres, which takes longer than the few seconds that a row is about.
  CREATE UNLOGGED TABLE paced_pair (
    pair text PRIMARY KEY,
    free_at timestamptz NOT NULL
  ) WITH (fillfactor = 70);
`;
