import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * `jsonb` puts members in an order of its own. An answer given again had other bytes then, and an
 * ETag by which nothing could be changed.
 */
export class KeepAnswersAsWritten1795305600012 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE idempotency_key ALTER response TYPE json');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE idempotency_key ALTER response TYPE jsonb');
  }
}
