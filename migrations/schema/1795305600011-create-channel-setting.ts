import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A workshop's own sender of a channel; without a row the environment's serves. */
export class CreateChannelSetting1795305600011 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- sealed: the password or key, encrypted with SECRET_KEY for this workshop and channel.
      CREATE TABLE channel_setting (
        taller_id uuid NOT NULL REFERENCES taller ON DELETE CASCADE,
        channel text NOT NULL CHECK (channel IN ('email', 'whatsapp')),
        settings jsonb NOT NULL,
        sealed text,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        PRIMARY KEY (taller_id, channel)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE channel_setting');
  }
}
