import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What staff should see in the console, and how far each of them has read. */
export class CreateStaffInbox1795305600019 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(inbox);
    await runner.query(
      `INSERT INTO schedule (name, cron) VALUES ('forget_staff_notices', '50 3 * * *')`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DELETE FROM schedule WHERE name = 'forget_staff_notices';
      DROP TABLE notice_reader, notice_read, staff_notice;
      DROP SEQUENCE staff_notice_number;
    `);
  }
}

const inbox = `
  -- Written in the transaction of its cause, without a number; numbered afterwards, under a lock,
  -- so that numbers become visible in their order and whoever has seen one has seen all below it.
  -- data holds codes alone: what names a person is read from the event, and erased there.
  --
  -- id:      of an event's notice the event's own.
  -- subject: what it is about, where that is no event: an account, a group of dead letters.
  CREATE TABLE staff_notice (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    number bigint,
    kind text NOT NULL,
    taller_id uuid,
    phase_id uuid,
    event_id uuid,
    subject text,
    data jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT clock_timestamp()
  );
  CREATE UNIQUE INDEX staff_notice_numbered ON staff_notice (number);
  CREATE INDEX staff_notice_waiting ON staff_notice (created_at) WHERE number IS NULL;
  CREATE INDEX staff_notice_taller ON staff_notice (taller_id, number);
  CREATE INDEX staff_notice_subject ON staff_notice (subject, created_at)
    WHERE subject IS NOT NULL;
  CREATE INDEX staff_notice_age ON staff_notice (created_at);
  CREATE SEQUENCE staff_notice_number;

  -- All up to read_until is read, and beyond it what has a row in notice_read.
  CREATE TABLE notice_reader (
    reader text PRIMARY KEY,
    read_until bigint NOT NULL
  );
  CREATE TABLE notice_read (
    notice_id uuid NOT NULL REFERENCES staff_notice ON DELETE CASCADE,
    reader text NOT NULL,
    PRIMARY KEY (notice_id, reader)
  );
`;
