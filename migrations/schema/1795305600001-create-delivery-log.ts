import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What was accepted and what became of it. These tables take every dispatch, so they carry no
 * foreign keys: rows of one dispatch are written by one statement, and the log outlives the
 * configuration it was made with.
 */
export class CreateDeliveryLog1795305600001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(deliveryLog);
    await runner.query(schedules);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE schedule_run, schedule, idempotency_key, timeline, message, notification, event;
    `);
  }
}

const deliveryLog = `
  CREATE TABLE event (
    id uuid PRIMARY KEY,
    event_type text NOT NULL,
    service_type_id uuid NOT NULL,
    subtype_id uuid,
    phase_id uuid NOT NULL,
    taller_id uuid,
    target text NOT NULL,
    customer_id text NOT NULL,
    vehicle_id text,
    context jsonb NOT NULL,
    business_key text,
    priority text NOT NULL DEFAULT 'normal',
    critical boolean NOT NULL DEFAULT false,
    valid_until timestamptz,
    scheduled_for timestamptz,
    request_id text,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp()
  );
  CREATE INDEX event_created ON event (created_at);
  CREATE INDEX event_customer ON event (customer_id, created_at);
  CREATE INDEX event_business_key ON event (business_key, target) WHERE business_key IS NOT NULL;

  -- ladder:   [{channel, template_version_id, addresses: [...]}], in the order of the tries
  -- decision: [{channel, verdict, ...}], why each channel is or is not on the ladder
  CREATE TABLE notification (
    id uuid PRIMARY KEY,
    event_id uuid NOT NULL,
    recipient_kind text NOT NULL,
    recipient_id text NOT NULL,
    recipient_name text NOT NULL,
    variables jsonb NOT NULL,
    ladder jsonb NOT NULL,
    decision jsonb NOT NULL,
    state text NOT NULL DEFAULT 'in_progress' CHECK (state IN
      ('in_progress', 'sent', 'delivered', 'read', 'failed', 'expired', 'canceled', 'superseded')),
    state_reason text,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    ended_at timestamptz
  );
  CREATE INDEX notification_event ON notification (event_id);
  CREATE INDEX notification_recipient ON notification (recipient_id, created_at);

  -- due_at and enqueued_at are the outbox: the queue may lose everything, the sweep finds it here.
  -- fence counts claims; who holds an older fence can no longer record anything.
  CREATE TABLE message (
    id uuid PRIMARY KEY,
    notification_id uuid NOT NULL,
    rung smallint NOT NULL,
    channel text NOT NULL,
    address jsonb NOT NULL,
    template_version_id uuid NOT NULL,
    priority text NOT NULL DEFAULT 'normal',
    state text NOT NULL DEFAULT 'queued' CHECK (state IN
      ('queued', 'sending', 'sent', 'delivered', 'read', 'failed', 'bounced', 'expired',
       'canceled', 'superseded')),
    state_reason text,
    attempts smallint NOT NULL DEFAULT 0,
    look_up_first boolean NOT NULL DEFAULT false,
    due_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    enqueued_at timestamptz,
    valid_until timestamptz,
    lease_until timestamptz,
    fence integer NOT NULL DEFAULT 0,
    provider_message_id text,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    sent_at timestamptz
  ) WITH (fillfactor = 80);
  CREATE INDEX message_notification ON message (notification_id);
  CREATE INDEX message_waiting ON message (due_at) WHERE state = 'queued';
  CREATE INDEX message_leased ON message (lease_until) WHERE state = 'sending';

  -- Append-only. kind: attempt_started, attempt_ended, next_rung, ended.
  CREATE TABLE timeline (
    notification_id uuid NOT NULL,
    id bigint GENERATED ALWAYS AS IDENTITY,
    message_id uuid,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    kind text NOT NULL,
    attempt smallint,
    data jsonb NOT NULL DEFAULT '{}',
    PRIMARY KEY (notification_id, id)
  );

  -- Written in the commit of what it made: the key exists if and only if that does. event_id is
  -- null where something other than an event was made.
  CREATE TABLE idempotency_key (
    caller text NOT NULL,
    operation text NOT NULL,
    key text NOT NULL,
    body_hash bytea NOT NULL,
    event_id uuid,
    response jsonb NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (caller, operation, key)
  );
  CREATE INDEX idempotency_key_age ON idempotency_key (created_at);
`;

const schedules = `
  CREATE TABLE schedule (
    name text PRIMARY KEY,
    cron text NOT NULL,
    time_zone text NOT NULL DEFAULT 'America/Guayaquil',
    is_active boolean NOT NULL DEFAULT true,
    updated_at timestamptz NOT NULL DEFAULT now()
  );
  INSERT INTO schedule (name, cron) VALUES
    ('check_maintenance_reminders', '0 8 * * *'),
    ('forget_idempotency_keys', '30 3 * * *'),
    ('retry_failed_notifications', '*/15 * * * *');

  -- The run ledger. One row for each due time, whichever scheduler comes first.
  CREATE TABLE schedule_run (
    schedule_name text NOT NULL,
    due_at timestamptz NOT NULL,
    state text NOT NULL DEFAULT 'running' CHECK (state IN ('running', 'done', 'failed', 'missed')),
    started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    ended_at timestamptz,
    result jsonb,
    PRIMARY KEY (schedule_name, due_at)
  );
`;
