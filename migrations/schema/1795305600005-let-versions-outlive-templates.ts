import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A message keeps the id of its template's version and is rendered from it at every attempt, so a
 * version stays when its template is deleted, or goes with its workshop: what is under way is
 * still sent, and what was sent can still be shown. It knows its own channel, because then nobody
 * else does. One has some 10 KB; nothing erases them, as nothing erases the log that names them.
 */
export class LetVersionsOutliveTemplates1795305600005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE template_version DROP CONSTRAINT template_version_template_id_fkey;
      ALTER TABLE template_version ADD COLUMN channel text;
      UPDATE template_version v SET channel = t.channel FROM template t WHERE t.id = v.template_id;
      ALTER TABLE template_version ALTER COLUMN channel SET NOT NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DELETE FROM template_version v
        WHERE NOT EXISTS (SELECT FROM template t WHERE t.id = v.template_id);
      ALTER TABLE template_version DROP COLUMN channel;
      ALTER TABLE template_version ADD FOREIGN KEY (template_id) REFERENCES template
        ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED;
    `);
  }
}
