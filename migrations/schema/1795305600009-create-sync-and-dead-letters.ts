import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the core system says of customers and vehicles, and what failed for good and may be replayed. */
export class CreateSyncAndDeadLetters1795305600009 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(sync);
    await runner.query(deadLetters);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DELETE FROM schedule WHERE name = 'forget_sync_tasks';
      DROP TABLE dead_letter;
      ALTER TABLE notification DROP COLUMN replay_of;
      DROP TABLE source_record, sync_task;
    `);
  }
}

const sync = `
  -- due_at and enqueued_at are the outbox, as they are of messages; fence counts claims. payload
  -- holds the records that are still to be applied, and is emptied with the last of them.
  -- waiting_for: the customers without whom the vehicles of the payload cannot be applied.
  CREATE TABLE sync_task (
    id uuid PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('customers', 'vehicles')),
    payload jsonb,
    waiting_for text[],
    records integer NOT NULL,
    applied integer NOT NULL DEFAULT 0,
    unchanged integer NOT NULL DEFAULT 0,
    state text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'running', 'done', 'failed')),
    attempts smallint NOT NULL DEFAULT 0,
    due_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    enqueued_at timestamptz,
    lease_until timestamptz,
    fence integer NOT NULL DEFAULT 0,
    error_code text,
    error text,
    request_id text,
    replay_of uuid,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    ended_at timestamptz
  );
  CREATE INDEX sync_task_waiting ON sync_task (due_at) WHERE state = 'queued';
  CREATE INDEX sync_task_leased ON sync_task (lease_until) WHERE state = 'running';
  CREATE INDEX sync_task_ended ON sync_task (ended_at) WHERE ended_at IS NOT NULL;
  CREATE UNIQUE INDEX sync_task_replay ON sync_task (replay_of) WHERE replay_of IS NOT NULL;

  -- The newest word of the core system on each thing: a customer, a vehicle, or what a customer
  -- prefers on one channel (kind 'preference:email'). Of two records the one with the greater
  -- (source_version, deleted, digest) holds, whichever came first. Version -1: nothing was said
  -- yet, somebody waits for it. waiting: a vehicle that has no customer to belong to.
  -- consent_withdrawn_at: kept of a deleted customer, whose consent stays withdrawn should he return.
  CREATE TABLE source_record (
    kind text NOT NULL,
    id text NOT NULL,
    source_version bigint NOT NULL,
    deleted boolean NOT NULL DEFAULT false,
    digest bytea NOT NULL DEFAULT '',
    waiting jsonb,
    consent_withdrawn_at timestamptz,
    said_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (kind, id)
  );
  CREATE INDEX source_record_waiting ON source_record ((waiting->>'customer_id'))
    WHERE waiting IS NOT NULL;

  INSERT INTO schedule (name, cron) VALUES ('forget_sync_tasks', '45 3 * * *');
`;

const deadLetters = `
  -- id is the failed notification's or task's own. What was asked to be replayed by group waits
  -- for replay_due_at; resolved_at says that it was replayed, or may not be any more (refusal).
  CREATE TABLE dead_letter (
    id uuid PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('notification', 'sync')),
    cause text NOT NULL,
    detail text,
    taller_id uuid,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    replay_due_at timestamptz,
    resolved_at timestamptz,
    refusal text,
    replayed_as uuid
  );
  CREATE INDEX dead_letter_open ON dead_letter (kind, cause, at) WHERE resolved_at IS NULL;
  CREATE INDEX dead_letter_due ON dead_letter (replay_due_at)
    WHERE resolved_at IS NULL AND replay_due_at IS NOT NULL;
  CREATE INDEX dead_letter_at ON dead_letter (at);

  -- One replay at most of each notification, whoever asks for it how often.
  ALTER TABLE notification ADD COLUMN replay_of uuid;
  CREATE UNIQUE INDEX notification_replay ON notification (replay_of) WHERE replay_of IS NOT NULL;

  INSERT INTO dead_letter (id, kind, cause, taller_id, at)
  SELECT n.id, 'notification', coalesce(n.state_reason, 'unknown'), e.taller_id,
    coalesce(n.ended_at, n.created_at)
  FROM notification n JOIN event e ON e.id = n.event_id WHERE n.state = 'failed';
`;
