import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { createTestDatabase } from '../../testing/test-database.js';
import { createDataSource } from '../data-source.js';
import { loadSeed } from './load-seed.js';

const seedTables = [
  'phase',
  'service_type',
  'service_subtype',
  'orchestration_config',
  'matrix_cell',
  'template',
  'template_version',
];

describe('loadSeed', () => {
  let database: Awaited<ReturnType<typeof createTestDatabase>>;
  let dataSource: DataSource;

  beforeAll(async () => {
    database = await createTestDatabase();
    dataSource = await createDataSource(
      { url: database.url, poolSize: 4 },
      { applicationName: 'test' },
    ).initialize();
  });

  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  beforeEach(async () => {
    await dataSource.query(`TRUNCATE ${seedTables.join(', ')}, taller CASCADE`);
  });

  async function contents(): Promise<Record<string, unknown>> {
    const all: Record<string, unknown> = {};
    for (const table of seedTables) {
      all[table] = await dataSource.query(`SELECT to_jsonb(t) AS row FROM ${table} t ORDER BY t`);
    }
    return all;
  }

  async function countIn(table: string): Promise<number> {
    const [row] = await dataSource.query(`SELECT count(*)::int AS count FROM ${table}`);
    return row.count;
  }

  const deliveryMail = `SELECT t.id, t.current_version_id, v.version, v.source, v.published
    FROM template t
    JOIN template_version v ON v.id = t.current_version_id
    JOIN phase p ON p.id = t.phase_id
    JOIN service_type s ON s.id = t.service_type_id
    WHERE t.channel = 'email' AND t.target = 'clients' AND t.event_type IS NULL
      AND t.taller_id IS NULL AND p.slug = 'phase-delivery' AND s.slug = 'avaluo-mg'`;

  async function editDeliveryMail(): Promise<string> {
    const [{ id }] = await dataSource.query(deliveryMail);
    await dataSource.query(
      `WITH edited AS (
         INSERT INTO template_version (id, template_id, channel, version, source, published)
         VALUES (gen_random_uuid(), $1, 'email', 2, '{"subject": "Mío"}', '{"subject": "Mío"}')
         RETURNING id)
       UPDATE template SET current_version_id = edited.id, is_active = false
       FROM edited WHERE template.id = $1`,
      [id],
    );
    return id;
  }

  test('fills an empty database with the whole workshop', async () => {
    const summary = await loadSeed(dataSource, { force: false });
    expect(summary).toMatchObject({
      phases: 5,
      serviceTypes: 5,
      subtypes: 6,
      configs: 10,
      cells: 150,
    });
    expect(await countIn('matrix_cell')).toBe(150);
    expect(await countIn('template')).toBe(summary.templates);
    expect(summary.created).toBe(5 + 5 + 6 + 10 + 150 + 2 * summary.templates);
    const [mail] = await dataSource.query(deliveryMail);
    expect(mail.version).toBe(1);
    expect(mail.source).toEqual({ subject: expect.any(String), html: expect.any(String) });
    expect(mail.published.html).toContain('<!doctype html>');
    expect(mail.published.text).toContain('{{Taller}}');
  });

  test('changes nothing when it runs again, forced or not', async () => {
    await loadSeed(dataSource, { force: false });
    const before = await contents();
    expect((await loadSeed(dataSource, { force: false })).created).toBe(0);
    expect(await contents()).toEqual(before);
    expect((await loadSeed(dataSource, { force: true })).created).toBe(0);
    expect({ ...(await contents()), orchestration_config: [] }).toEqual({
      ...before,
      orchestration_config: [],
    });
  });

  test('leaves edits as they are, and fills what is missing beside them', async () => {
    await loadSeed(dataSource, { force: false });
    await editDeliveryMail();
    await dataSource.query(`UPDATE phase SET name = 'Salida' WHERE slug = 'phase-delivery'`);
    await dataSource.query('UPDATE matrix_cell SET enabled = false');
    await dataSource.query(`DELETE FROM service_subtype WHERE slug = 'averia-frenos'`);
    expect((await loadSeed(dataSource, { force: false })).created).toBe(1);
    const [{ name }] = await dataSource.query(
      `SELECT name FROM phase WHERE slug = 'phase-delivery'`,
    );
    expect(name).toBe('Salida');
    expect(await dataSource.query('SELECT FROM matrix_cell WHERE enabled')).toEqual([]);
    expect((await dataSource.query(deliveryMail))[0].source).toEqual({ subject: 'Mío' });
  });

  test('with force sets its own rows back, and keeps every former version of a text', async () => {
    await loadSeed(dataSource, { force: false });
    const [original] = await dataSource.query(deliveryMail);
    const id = await editDeliveryMail();
    await dataSource.query(`UPDATE phase SET name = 'Salida' WHERE slug = 'phase-delivery'`);
    await dataSource.query('UPDATE matrix_cell SET enabled = NOT enabled, priority = 9');
    await dataSource.query('UPDATE orchestration_config SET is_active = false');

    expect((await loadSeed(dataSource, { force: true })).created).toBe(1);

    const [mail] = await dataSource.query(deliveryMail);
    expect(mail).toMatchObject({ id, version: 3, source: original.source });
    expect(mail.published).toEqual(original.published);
    const versions = await dataSource.query(
      'SELECT version FROM template_version WHERE template_id = $1 ORDER BY version',
      [id],
    );
    expect(versions).toEqual([{ version: 1 }, { version: 2 }, { version: 3 }]);
    const [state] = await dataSource.query(
      `SELECT (SELECT bool_and(is_active) FROM template) AND
         (SELECT bool_and(is_active) FROM orchestration_config) AS active,
         (SELECT name FROM phase WHERE slug = 'phase-delivery') AS name,
         (SELECT count(*)::int FROM matrix_cell WHERE enabled) AS enabled,
         (SELECT max(priority) FROM matrix_cell) AS priority`,
    );
    expect(state).toEqual({ active: true, name: 'Entrega', enabled: 125, priority: 3 });
  });

  test('leaves a template deleted that was deleted, until it is forced to bring it back', async () => {
    const { templates } = await loadSeed(dataSource, { force: false });
    const [{ id }] = await dataSource.query(deliveryMail);
    await dataSource.query('DELETE FROM template WHERE id = $1', [id]);
    for (let run = 0; run < 2; run += 1) {
      expect((await loadSeed(dataSource, { force: false })).created).toBe(0);
      expect(await countIn('template')).toBe(templates - 1);
    }
    expect((await loadSeed(dataSource, { force: true })).created).toBe(2);
    expect((await dataSource.query(deliveryMail))[0]).toMatchObject({ id, version: 2 });
    expect((await loadSeed(dataSource, { force: false })).created).toBe(0);
  });

  test('leaves the old place of a template empty that staff moved elsewhere', async () => {
    await loadSeed(dataSource, { force: false });
    const [{ id }] = await dataSource.query(deliveryMail);
    await dataSource.query(`UPDATE template SET event_type = 'own_event' WHERE id = $1`, [id]);
    expect((await loadSeed(dataSource, { force: false })).created).toBe(0);
    expect((await loadSeed(dataSource, { force: true })).created).toBe(2);
    expect((await dataSource.query(deliveryMail))[0].id).not.toBe(id);
  });

  test("with force leaves a workshop's own configuration and templates alone", async () => {
    await loadSeed(dataSource, { force: false });
    await dataSource.query(
      `INSERT INTO taller (id, slug, name) VALUES (gen_random_uuid(), 'propio', 'Taller Propio')`,
    );
    await dataSource.query(
      `INSERT INTO orchestration_config (id, service_type_id, target, taller_id, is_active)
       SELECT gen_random_uuid(), s.id, 'clients', t.id, false
       FROM taller t, service_type s WHERE s.slug = 'avaluo-mg'`,
    );
    await dataSource.query(`UPDATE template SET taller_id = (SELECT id FROM taller)
      WHERE id = (SELECT id FROM (${deliveryMail}) AS mail)`);
    const own = `SELECT to_jsonb(t) AS row FROM template t WHERE taller_id IS NOT NULL
      UNION ALL SELECT to_jsonb(c) FROM orchestration_config c WHERE taller_id IS NOT NULL`;
    const before = await dataSource.query(own);
    expect(before).toHaveLength(2);
    // The place of the template that became the workshop's own is filled again.
    expect((await loadSeed(dataSource, { force: true })).created).toBe(2);
    expect(await dataSource.query(own)).toEqual(before);
  });

  test('serves two processes that seed at once', async () => {
    const [first, second] = await Promise.all([
      loadSeed(dataSource, { force: false }),
      loadSeed(dataSource, { force: false }),
    ]);
    expect([first.created, second.created].sort((a, b) => a - b)).toEqual([
      0,
      5 + 5 + 6 + 10 + 150 + 2 * first.templates,
    ]);
  });

  test('uses the ids of an installation that has its catalog already', async () => {
    await dataSource.query(
      `INSERT INTO phase (id, slug, name, "order")
       VALUES ('11111111-1111-4111-8111-111111111111', 'phase-quality', 'Calidad', 4)`,
    );
    await loadSeed(dataSource, { force: false });
    const [{ count }] = await dataSource.query(
      `SELECT count(*)::int FROM template
       WHERE phase_id = '11111111-1111-4111-8111-111111111111'`,
    );
    expect(count).toBe(25);
  });

  test('loads nothing by halves', async () => {
    await dataSource.query(
      `INSERT INTO phase (id, slug, name, "order")
       VALUES (gen_random_uuid(), 'otra-fase', 'Otra', 5)`,
    );
    await expect(loadSeed(dataSource, { force: false })).rejects.toThrow('phase-delivery');
    expect(await countIn('service_type')).toBe(0);
  });
});
