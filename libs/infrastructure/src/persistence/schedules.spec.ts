import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { createTestDatabase } from '../testing/test-database.js';
import { createDataSource } from './data-source.js';
import { replayRun } from './dead-letters/dead-runs.js';
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

const zones = ['America/Guayaquil'];
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
    const won = await Promise.all(takes.map((schedules) => schedules.take('job', dueAt, zones)));
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

describe('a run that used up its tries', () => {
  const dueAt = new Date('2026-01-25T13:00:00Z');
  const name = 'check_maintenance_reminders';
  const age = () => query(`UPDATE schedule_run SET started_at = now() - interval '11 minutes'`);
  const failOnce = async (at = dueAt) => {
    await first().take(name, at, zones);
    await first().finish(name, at, 'failed', { error: 'Error: no route' });
    await age();
  };
  const letters = () =>
    query(
      `SELECT r.due_at, d.cause, d.detail, d.resolved_at IS NULL AS open, d.replayed_as
       FROM dead_letter d JOIN schedule_run r ON r.id = d.id ORDER BY r.due_at`,
    );
  const replayTheOpen = async () => {
    const [{ id }] = await query('SELECT id FROM dead_letter WHERE resolved_at IS NULL');
    const outcome = await dataSources[0]?.transaction((manager) => replayRun(manager, id));
    const as = outcome?.kind === 'replayed' ? outcome.as : null;
    await query(`UPDATE dead_letter SET resolved_at = now(), replayed_as = $2 WHERE id = $1`, [
      id,
      as,
    ]);
    return outcome;
  };

  beforeEach(() => query('TRUNCATE schedule_run, dead_letter, staff_notice CASCADE'));

  test('is a dead letter, of which staff are told once', async () => {
    for (let tries = 1; tries <= 3; tries += 1) await failOnce();
    expect(await letters()).toEqual([]);
    await failOnce();
    const detail = `${name}: Error: no route`;
    expect(await letters()).toEqual([
      { due_at: dueAt, cause: 'run_failed', detail, open: true, replayed_as: null },
    ]);
    expect(await query('SELECT kind, data FROM staff_notice')).toEqual([
      { kind: 'dead_letters', data: { kind: 'schedule', cause: 'run_failed' } },
    ]);
  });

  test('counts with those before it, where a schedule comes by more often than runs are tried again', async () => {
    for (let minute = 0; minute < 10; minute += 1) {
      await failOnce(new Date(dueAt.getTime() + minute * 60_000));
    }
    const fourth = new Date(dueAt.getTime() + 3 * 60_000);
    expect(await letters()).toMatchObject([{ due_at: fourth, cause: 'run_failed', open: true }]);
  });

  test('is one whose schedulers died at every try, too', async () => {
    for (let tries = 1; tries <= 4; tries += 1) {
      expect(await first().giveUpLost()).toBe(0);
      await first().take(name, dueAt, zones);
      await age();
    }
    const lost = await Promise.all(schedulers().map((one) => one.giveUpLost()));
    expect(lost.toSorted()).toEqual([0, 0, 1]);
    expect(await letters()).toMatchObject([{ due_at: dueAt, cause: 'run_lost', open: true }]);
  });

  test('is made again when that is asked for, by one of all schedulers, and for its zones', async () => {
    for (let tries = 1; tries <= 4; tries += 1) await failOnce();
    expect(await replayTheOpen()).toMatchObject({ kind: 'replayed' });
    const [asked, ...others] = await first().asked();
    if (!asked) throw new Error('nothing was asked for');
    expect([asked.name, asked.zones, others]).toEqual([name, zones, []]);
    const taken = await Promise.all(schedulers().map((one) => one.take(name, asked.dueAt, zones)));
    expect(taken.filter((won) => won)).toHaveLength(1);
    await first().finish(name, asked.dueAt, 'done', {});
    expect(await first().asked()).toEqual([]);
    expect(await letters()).toMatchObject([{ open: false }]);
  });

  test('that fails again is a dead letter again, and is asked for until its tries are used up', async () => {
    for (let tries = 1; tries <= 4; tries += 1) await failOnce();
    await replayTheOpen();
    const [asked] = await first().asked();
    if (!asked) throw new Error('nothing was asked for');
    for (let tries = 1; tries <= 4; tries += 1) {
      expect(await first().asked()).toEqual([asked]);
      await failOnce(asked.dueAt);
    }
    expect(await first().asked()).toEqual([]);
    expect(await letters()).toMatchObject([{ open: false }, { due_at: asked.dueAt, open: true }]);
  });

  test('is settled by the next one that is done for its zones, and by no other', async () => {
    for (let tries = 1; tries <= 4; tries += 1) await failOnce();
    const next = new Date(dueAt.getTime() + 3_600_000);
    await first().take(name, next, ['America/Tijuana']);
    await first().finish(name, next, 'done', {});
    expect(await letters()).toMatchObject([{ open: true }]);
    const tomorrow = new Date(dueAt.getTime() + 24 * 3_600_000);
    await first().take(name, tomorrow, [...zones, 'America/Lima']);
    await first().finish(name, tomorrow, 'done', {});
    const [{ id }] = await query('SELECT id FROM schedule_run WHERE due_at = $1', [tomorrow]);
    expect(await letters()).toMatchObject([{ open: false, replayed_as: id }]);
  });

  test('cannot be made again while its schedule is paused, and not when it is forgotten', async () => {
    for (let tries = 1; tries <= 4; tries += 1) await failOnce();
    await query('UPDATE schedule SET is_active = false WHERE name = $1', [name]);
    const manager = dataSources[0]?.manager as DataSource['manager'];
    const [{ id }] = await query('SELECT id FROM dead_letter');
    expect(await replayRun(manager, id)).toEqual({ kind: 'refused', reason: 'schedule_paused' });
    await query('UPDATE schedule SET is_active = true WHERE name = $1', [name]);
    // What may be made again is not forgotten.
    await first().forgetRuns(name);
    expect(await letters()).toHaveLength(1);
    await query('UPDATE dead_letter SET resolved_at = now()');
    await first().forgetRuns(name);
    expect(await replayRun(manager, id)).toEqual({ kind: 'refused', reason: 'nothing_left' });
  });
});
