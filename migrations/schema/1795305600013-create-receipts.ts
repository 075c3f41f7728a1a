import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What providers say of a message after they took it, and what makes an end final: no statement,
 * whoever writes it, leads out of a final state or rewrites what the timeline says.
 */
export class CreateReceipts1795305600013 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(receipts);
    await runner.query(finalStates);
    await runner.query(
      `INSERT INTO schedule (name, cron) VALUES ('forget_receipts', '50 3 * * *')`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DELETE FROM schedule WHERE name = 'forget_receipts';
      DROP TRIGGER timeline_is_kept ON timeline;
      DROP TRIGGER notification_end_is_final ON notification;
      DROP TRIGGER message_end_is_final ON message;
      DROP FUNCTION refuse_change_of_log(), refuse_change_of_state();
      DROP TABLE whatsapp_instance, receipt, received_webhook;
      DROP INDEX message_provider_message;
      ALTER TABLE message DROP COLUMN delivered_at, DROP COLUMN read_at;
    `);
  }
}

const receipts = `
  ALTER TABLE message ADD COLUMN delivered_at timestamptz, ADD COLUMN read_at timestamptz;
  CREATE INDEX message_provider_message ON message (provider_message_id)
    WHERE channel = 'whatsapp' AND provider_message_id IS NOT NULL;

  -- Bodies as they came, committed before they are answered. One that was applied is deleted; one
  -- that cannot be read stays for a week, without its body.
  CREATE TABLE received_webhook (
    id uuid PRIMARY KEY,
    source text NOT NULL CHECK (source IN ('evolution', 'mail')),
    body bytea,
    state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'unreadable')),
    attempts smallint NOT NULL DEFAULT 0,
    due_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    error text,
    received_at timestamptz NOT NULL DEFAULT clock_timestamp()
  );
  CREATE INDEX received_webhook_waiting ON received_webhook (due_at) WHERE state = 'waiting';
  CREATE INDEX received_webhook_age ON received_webhook (received_at);

  -- One row for each thing that was said of a message, however often it was said. subject: the
  -- provider's own id ('whatsapp:3EB0...') or ours ('message:<uuid>'). It waits, looked at more and
  -- more seldom, until its message is recorded as sent.
  CREATE TABLE receipt (
    subject text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('delayed', 'bounced', 'delivered', 'read')),
    code text,
    detail text,
    address_is_wrong boolean NOT NULL DEFAULT false,
    received_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    due_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    attempts smallint NOT NULL DEFAULT 0,
    applied_at timestamptz,
    PRIMARY KEY (subject, kind)
  );
  CREATE INDEX receipt_waiting ON receipt (due_at) WHERE applied_at IS NULL;
  CREATE INDEX receipt_age ON receipt (received_at);

  -- What Evolution last said of each of its lines: open, connecting, close or refused.
  CREATE TABLE whatsapp_instance (
    name text PRIMARY KEY,
    state text NOT NULL,
    reason integer,
    changed_at timestamptz NOT NULL,
    heard_at timestamptz NOT NULL
  );
`;

/**
 * The conditions stand in WHEN, so that an ordinary change costs a comparison and no call.
 * `ambacar.rewrite_log`, set to `on` for one transaction, opens the door: for erasing a person.
 */
const finalStates = `
  CREATE FUNCTION refuse_change_of_state() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF current_setting('ambacar.rewrite_log', true) = 'on' THEN
      RETURN NEW;
    END IF;
    RAISE EXCEPTION '% % is % and cannot become %', TG_TABLE_NAME, OLD.id, OLD.state, NEW.state
      USING ERRCODE = 'object_not_in_prerequisite_state';
  END $$;

  -- A bounce may turn out wrong: that a message arrived is the stronger word.
  CREATE TRIGGER message_end_is_final BEFORE UPDATE ON message
    FOR EACH ROW WHEN (OLD.state <> NEW.state AND OLD.state NOT IN ('queued', 'sending')
      AND (OLD.state, NEW.state) NOT IN (('sent', 'bounced'), ('sent', 'delivered'),
        ('sent', 'read'), ('bounced', 'delivered'), ('bounced', 'read'), ('delivered', 'read')))
    EXECUTE FUNCTION refuse_change_of_state();

  -- From sent a bounce alone leads back.
  CREATE TRIGGER notification_end_is_final BEFORE UPDATE ON notification
    FOR EACH ROW WHEN (OLD.state <> NEW.state AND OLD.state <> 'in_progress'
      AND (OLD.state, NEW.state) NOT IN (('sent', 'delivered'), ('sent', 'read'),
        ('sent', 'in_progress'), ('sent', 'failed'), ('delivered', 'read')))
    EXECUTE FUNCTION refuse_change_of_state();

  CREATE FUNCTION refuse_change_of_log() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF current_setting('ambacar.rewrite_log', true) = 'on' THEN
      RETURN coalesce(NEW, OLD);
    END IF;
    RAISE EXCEPTION 'the timeline is only ever added to'
      USING ERRCODE = 'object_not_in_prerequisite_state';
  END $$;
  CREATE TRIGGER timeline_is_kept BEFORE UPDATE OR DELETE ON timeline
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_log();
`;
