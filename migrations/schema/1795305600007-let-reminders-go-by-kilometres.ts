import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Reminders fall due by kilometres too, and every workshop says when its notices are given. */
export class LetRemindersGoByKilometres1795305600007 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE taller ADD COLUMN reminder_offsets_days smallint[] NOT NULL
        DEFAULT '{-14,-3,0,14}'
        CHECK (cardinality(reminder_offsets_days) BETWEEN 1 AND 10
          AND -180 <= ALL (reminder_offsets_days) AND 180 >= ALL (reminder_offsets_days));

      -- projected_on: when the odometer is expected to show due_km, written with every reading.
      ALTER TABLE reminder
        ALTER COLUMN due_on DROP NOT NULL,
        ADD COLUMN due_km integer CHECK (due_km > 0),
        ADD COLUMN projected_on date,
        ADD COLUMN effective_due_on date GENERATED ALWAYS AS (least(due_on, projected_on)) STORED,
        ADD CHECK (num_nonnulls(due_on, due_km) > 0);
      DROP INDEX reminder_due;
      CREATE INDEX reminder_due ON reminder (effective_due_on) WHERE status = 'pending';
      CREATE INDEX reminder_vehicle ON reminder (vehicle_id);

      -- A notice is written before it is dispatched. dispatch_key, the idempotency key of its
      -- dispatch, is shared by the notices of one message; with neither event nor refusal the
      -- dispatch is under way, or its process died.
      ALTER TABLE reminder_notice ADD COLUMN dispatch_key uuid;
      CREATE INDEX reminder_notice_under_way ON reminder_notice (dispatch_key)
        WHERE event_id IS NULL AND refusal IS NULL;

      -- What a vehicle's odometer showed on a day. is_doubtful: the others contradict it.
      CREATE TABLE odometer_reading (
        vehicle_id text NOT NULL REFERENCES vehicle ON DELETE CASCADE,
        read_on date NOT NULL,
        km integer NOT NULL CHECK (km >= 0),
        is_doubtful boolean NOT NULL DEFAULT false,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (vehicle_id, read_on)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE odometer_reading;
      ALTER TABLE reminder_notice DROP COLUMN dispatch_key;
      DROP INDEX reminder_due, reminder_vehicle;
      DELETE FROM reminder WHERE due_on IS NULL;
      ALTER TABLE reminder DROP COLUMN effective_due_on, DROP COLUMN projected_on,
        DROP COLUMN due_km, ALTER COLUMN due_on SET NOT NULL;
      CREATE INDEX reminder_due ON reminder (due_on) WHERE status = 'pending';
      ALTER TABLE taller DROP COLUMN reminder_offsets_days;
    `);
  }
}
