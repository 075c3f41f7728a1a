import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The ladder goes on when a rung takes too long, and what can wait keeps quiet at night. */
export class LetLaddersKeepTime1795305600014 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- advance_at: when the next rung starts, unless advance_until has come by then; null when
      -- nothing waits for that any more. quiet_from: from then on quiet hours hold the message,
      -- should it still be in the queue; null for one that may leave at any hour.
      ALTER TABLE message
        ADD COLUMN advance_at timestamptz,
        ADD COLUMN advance_until text CHECK (advance_until IN ('sent', 'delivered', 'read')),
        ADD COLUMN quiet_from timestamptz;
      CREATE INDEX message_advancing ON message (advance_at) WHERE advance_at IS NOT NULL;
      CREATE INDEX message_quiet ON message (quiet_from)
        WHERE state = 'queued' AND quiet_from IS NOT NULL;

      ALTER TABLE matrix_cell
        ADD COLUMN advance_after_minutes smallint CHECK (advance_after_minutes BETWEEN 1 AND 10080),
        ADD COLUMN advance_until text NOT NULL DEFAULT 'sent'
          CHECK (advance_until IN ('sent', 'delivered', 'read')),
        ADD COLUMN quiet_hours text NOT NULL DEFAULT 'default'
          CHECK (quiet_hours IN ('default', 'hold', 'ignore')),
        ADD COLUMN when_held_too_long text NOT NULL DEFAULT 'email'
          CHECK (when_held_too_long IN ('email', 'expire'));

      -- Hours of the workshop's own clock, both null where it keeps none. holidays: days of its
      -- own (YYYY-MM-DD), beside those of its country; each is quiet from midnight to midnight.
      ALTER TABLE taller
        ADD COLUMN quiet_hours_from text DEFAULT '20:00'
          CHECK (quiet_hours_from ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
        ADD COLUMN quiet_hours_to text DEFAULT '08:00'
          CHECK (quiet_hours_to ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
        ADD COLUMN holidays text[] NOT NULL DEFAULT '{}',
        ADD CHECK (num_nulls(quiet_hours_from, quiet_hours_to) IN (0, 2)),
        ADD CHECK (quiet_hours_from <> quiet_hours_to);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE taller DROP COLUMN quiet_hours_from, DROP COLUMN quiet_hours_to,
        DROP COLUMN holidays;
      ALTER TABLE matrix_cell DROP COLUMN advance_after_minutes, DROP COLUMN advance_until,
        DROP COLUMN quiet_hours, DROP COLUMN when_held_too_long;
      ALTER TABLE message DROP COLUMN advance_at, DROP COLUMN advance_until,
        DROP COLUMN quiet_from;
    `);
  }
}
