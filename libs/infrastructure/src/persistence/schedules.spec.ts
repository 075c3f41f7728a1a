import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { createTestDatabase } from '../testing/test-database.js';
import { createDataSource } from './data-source.js';
import { Schedules } from './schedules.js';

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let dataSources: DataSource[];

beforeAll(async () => {
  database = await createTestDatabase();
  dataSources = await Promise.all(
    [1, 2, 3].map(() =>
      createDataSource(
        { url: database.url, poolSize: 3 },
        { applicationName: 'test' },
      ).initialize(),
    ),
  );
});
afterAll(async () => {
  for (const dataSource of dataSources) await dataSource.destroy();
  await database.drop();
});

const query = (sql: string, parameters?: unknown[]) => dataSources[0]?.query(sql, parameters);
const schedulers = () => dataSources.map((dataSource) => new Schedules(dataSource));
const first = () => new Schedules(dataSources[0] as DataSource);

describe('the schedules', () => {
  test('are those that are active, with the moment by the database', async () => {
    const { now, schedules } = await first().active();
    expect(Math.abs(now.getTime() - Date.now())).toBeLessThan(60_000);
    const crons = Object.fromEntries(
      schedules.map(({ name, cron, timeZone }) => [name, `${cron} ${timeZone}`]),
    );
    expect(crons).toMatchObject({
      check_maintenance_reminders: '0 8 * * * America/Guayaquil',
      forget_idempotency_keys: '30 3 * * * America/Guayaquil',
      retry_failed_notifications: '*/15 * * * * America/Guayaquil',
    });
    await query(`UPDATE schedule SET is_active = false`);
    expect((await first().active()).schedules).toEqual([]);
    await query(`UPDATE schedule SET is_active = true`);
  });

  test('come with the zones of the workshops that are active, each once', async () => {
    await query(`INSERT INTO taller (id, slug, name, time_zone, is_active) VALUES
      (gen_random_uuid(), 'a', 'A', 'America/Tijuana', true),
      (gen_random_uuid(), 'b', 'B', 'America/Tijuana', true),
      (gen_random_uuid(), 'c', 'C', 'America/Lima', false)`);
    expect((await first().active()).tallerZones).toEqual(['America/Tijuana']);
  });
});

describe('a due time', () => {
  const takeAll = async (dueAt: Date) => {
    const takes = [...schedulers(), ...schedulers(), ...schedulers()];
    const won = await Promise.all(takes.map((schedules) => schedules.take('job', dueAt)));
    return won.filter((taken) => taken).length;
  };

  test('is taken by one of any number of schedulers, and never again', async () => {
    const dueAt = new Date('2026-01-20T13:00:00Z');
    expect(await takeAll(dueAt)).toBe(1);
    expect(await takeAll(dueAt)).toBe(0);
    await first().finish('job', dueAt, 'done', { dispatched: 3 });
    await query(`UPDATE schedule_run SET started_at = now() - interval '11 minutes'`);
    expect(await takeAll(dueAt)).toBe(0);
    expect(await query('SELECT state, result FROM schedule_run')).toEqual([
      { state: 'done', result: { dispatched: 3 } },
    ]);
  });

  test('is taken over by one, when its scheduler left it unfinished for ten minutes', async () => {
    const dueAt = new Date('2026-01-21T13:00:00Z');
    await takeAll(dueAt);
    const age = (minutes: number) =>
      query(`UPDATE schedule_run SET started_at = now() - $1 * interval '1 minute'`, [minutes]);
    await age(9.9);
    expect(await takeAll(dueAt)).toBe(0);
    await age(10.1);
    expect(await takeAll(dueAt)).toBe(1);
  });

  test('that failed is tried again ten minutes later, three times and no more', async () => {
    const dueAt = new Date('2026-01-22T13:00:00Z');
    let tries = 0;
    for (let turn = 0; turn < 6; turn += 1) {
      const taken = await takeAll(dueAt);
      tries += taken;
      if (taken > 0) await first().finish('job', dueAt, 'failed', { error: 'lost' });
      expect(await takeAll(dueAt)).toBe(0);
      await query(`UPDATE schedule_run SET started_at = now() - interval '11 minutes'`);
    }
    expect(tries).toBe(4);
    const runs = await query('SELECT state, tries FROM schedule_run WHERE due_at = $1', [dueAt]);
    expect(runs).toEqual([{ state: 'failed', tries: 4 }]);
  });

  test('that was missed is not run again', async () => {
    const dueAt = new Date('2026-01-23T13:00:00Z');
    await takeAll(dueAt);
    await first().finish('job', dueAt, 'missed', { late_ms: 50_000_000 });
    await query(`UPDATE schedule_run SET started_at = now() - interval '1 hour'`);
    expect(await takeAll(dueAt)).toBe(0);
  });
});
