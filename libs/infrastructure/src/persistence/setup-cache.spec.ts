import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { LiquidTemplateEngine } from '../templates/liquid-template-engine.js';
import {
  anEvent,
  aProcess,
  openSeededDatabase,
  type SeededDatabase,
} from '../testing/seeded-database.js';
import { PostgresTemplateLibrary } from './postgres-template-library.js';
import { SetupCache } from './setup-cache.js';

let database: SeededDatabase;
beforeAll(async () => {
  database = await openSeededDatabase();
});
afterAll(() => database.close());

const aCache = () => new SetupCache(database.dataSource, new LiquidTemplateEngine());

describe('the configuration in a process', () => {
  test('is loaded whole, and kept while nothing changes', async () => {
    const cache = aCache();
    const setup = await cache.current();
    expect(setup.phases.map(({ order }) => order)).toEqual([1, 2, 3, 4, 5]);
    expect(setup.configs).toHaveLength(10);
    expect(setup.configs.flatMap(({ cells }) => cells)).toHaveLength(150);
    expect(await cache.current()).toBe(setup);
  });

  test('is loaded once by all who need it at the same moment', async () => {
    const cache = aCache();
    const together = async () => {
      const [{ version }] = await database.dataSource.query(
        'SELECT version FROM configuration_version',
      );
      return Promise.all([1, 2, 3, 4].map(() => cache.atVersion(version)));
    };
    const first = await together();
    expect(new Set(first).size).toBe(1);
    await database.dataSource.query(`UPDATE phase SET icon = 'Star' WHERE "order" = 5`);
    const second = await together();
    expect(new Set(second).size).toBe(1);
    expect(second[0]).not.toBe(first[0]);
  });

  test('an older version asked for late does not bring the newer one down', async () => {
    const cache = aCache();
    const setup = await cache.current();
    expect(await cache.atVersion('1')).toBe(setup);
  });

  test('an edit is seen by the next dispatch', async () => {
    const process = aProcess(database.dataSource);
    const channelsOf = async () => {
      const plan = await process.dispatch.rehearse(anEvent({ customerId: 'ana' }));
      return plan.kind === 'plan' ? plan.notifications.flatMap(({ ladder }) => ladder) : plan.code;
    };
    const switchEmail = (enabled: boolean) =>
      database.dataSource.query(`UPDATE matrix_cell SET enabled = $1 WHERE channel = 'email'`, [
        enabled,
      ]);
    expect(await channelsOf()).toHaveLength(1);
    await switchEmail(false);
    expect(await channelsOf()).toBe('no_reachable_channel');
    await switchEmail(true);
    expect(await channelsOf()).toHaveLength(1);
  });

  test.each([
    ['taller', `INSERT INTO taller (id, slug, name) VALUES (gen_random_uuid(), 'x', 'X')`],
    ['phase', `UPDATE phase SET name = name`],
    ['service_type', `UPDATE service_type SET name = name`],
    ['service_subtype', `UPDATE service_subtype SET name = name`],
    ['orchestration_config', `UPDATE orchestration_config SET is_active = is_active`],
    ['template', `UPDATE template SET is_active = is_active`],
  ])('a change of %s makes a new version', async (_table, sql) => {
    const cache = aCache();
    const before = BigInt((await cache.current()).version);
    await database.dataSource.query(sql);
    expect(BigInt((await cache.current()).version)).toBeGreaterThan(before);
  });

  test('a load that failed is tried again by the next who asks', async () => {
    const gone = await database.open(2);
    const cache = new SetupCache(gone, new LiquidTemplateEngine());
    const { version } = await aCache().current();
    await gone.destroy();
    await expect(cache.atVersion(version)).rejects.toThrow();
    await gone.initialize();
    expect((await cache.atVersion(version)).version).toBe(version);
  });
});

describe('the template library', () => {
  const aLibrary = () =>
    new PostgresTemplateLibrary(database.dataSource, new LiquidTemplateEngine());
  const versionOf = async (channel: string) => {
    const [row] = await database.dataSource.query<{ id: string }[]>(
      `SELECT current_version_id AS id FROM template WHERE channel = $1 ORDER BY id LIMIT 1`,
      [channel],
    );
    return row?.id ?? '';
  };

  test.each(['email', 'whatsapp', 'push'])('reads and parses a version of %s', async (channel) => {
    const template = await aLibrary().compiled(await versionOf(channel));
    expect(template.variables.length).toBeGreaterThan(0);
  });

  test('reads a version once, however many ask for it', async () => {
    const library = aLibrary();
    const id = await versionOf('whatsapp');
    const [first, second] = await Promise.all([library.compiled(id), library.compiled(id)]);
    expect(second).toBe(first);
    expect(await library.compiled(id)).toBe(first);
  });

  test('a version that is missing is refused each time, and found once it is there', async () => {
    const library = aLibrary();
    const id = '0190aaaa-0000-7000-8000-0000000000ff';
    const known = await versionOf('whatsapp');
    await expect(library.compiled(id)).rejects.toThrow(id);
    await database.dataSource.query(
      `INSERT INTO template_version (id, template_id, channel, version, source, published)
       SELECT $1, template_id, channel, 99, source, published FROM template_version
       WHERE id = $2`,
      [id, known],
    );
    const { variables } = await library.compiled(known);
    expect((await library.compiled(id)).variables).toEqual(variables);
  });
});
