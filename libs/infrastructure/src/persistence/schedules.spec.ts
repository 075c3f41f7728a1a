import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { createTestDatabase } from '../testing/test-database.js';
import { createDataSource } from './data-source.js';
import { replayRun } from './dead-letters/dead-runs.js';
import { settleDeadLetter } from './dead-letters/settle-dead-letter.js';
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
    return won.flatMap((run) => run ?? []);
  };

  test('is taken by one of any number of schedulers, and never again', async () => {
    const dueAt = new Date('2026-01-20T13:00:00Z');
    const [run, ...others] = await takeAll(dueAt);
    expect([run, others]).toEqual([{ name: 'job', dueAt, tries: 1 }, []]);
    expect(await takeAll(dueAt)).toEqual([]);
    if (run) await first().finish(run, 'done', { dispatched: 3 });
    await query(`UPDATE schedule_run SET started_at = now() - interval '11 minutes'`);
    expect(await takeAll(dueAt)).toEqual([]);
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
    expect(await takeAll(dueAt)).toEqual([]);
    await age(10.1);
    expect(await takeAll(dueAt)).toMatchObject([{ tries: 2 }]);
  });

  test('that was taken over is ended by whoever has it now, and by nobody before', async () => {
    const dueAt = new Date('2026-01-21T14:00:00Z');
    const [slow] = await takeAll(dueAt);
    await query(`UPDATE schedule_run SET started_at = now() - interval '11 minutes'`);
    const [quick] = await takeAll(dueAt);
    if (!slow || !quick) throw new Error('nothing was taken');
    await first().finish(quick, 'done', {});
    await first().finish(slow, 'failed', { error: 'too late' });
    const runs = await query('SELECT state FROM schedule_run WHERE due_at = $1', [dueAt]);
    expect(runs).toEqual([{ state: 'done' }]);
  });

  test('that failed is tried again ten minutes later, three times and no more', async () => {
    const dueAt = new Date('2026-01-22T13:00:00Z');
    let tries = 0;
    for (let turn = 0; turn < 6; turn += 1) {
      for (const run of await takeAll(dueAt)) {
        tries += 1;
        await first().finish(run, 'failed', { error: 'lost' });
      }
      expect(await takeAll(dueAt)).toEqual([]);
      await query(`UPDATE schedule_run SET started_at = now() - interval '11 minutes'`);
    }
    expect(tries).toBe(4);
    const runs = await query('SELECT state, tries FROM schedule_run WHERE due_at = $1', [dueAt]);
    expect(runs).toEqual([{ state: 'failed', tries: 4 }]);
  });

  test('that was missed is not run again', async () => {
    const dueAt = new Date('2026-01-23T13:00:00Z');
    const [run] = await takeAll(dueAt);
    if (run) await first().finish(run, 'missed', { late_ms: 50_000_000 });
    await query(`UPDATE schedule_run SET started_at = now() - interval '1 hour'`);
    expect(await takeAll(dueAt)).toEqual([]);
  });
});

describe('a run that used up its tries', () => {
  const dueAt = new Date('2026-01-25T13:00:00Z');
  const name = 'check_maintenance_reminders';
  const age = () => query(`UPDATE schedule_run SET started_at = now() - interval '11 minutes'`);
  const make = async (at: Date, state: 'done' | 'failed', inZones = zones) => {
    const run = await first().take(name, at, inZones);
    if (!run) throw new Error(`${at.toISOString()} was not to be taken`);
    await first().finish(run, state, state === 'failed' ? { error: 'Error: no route' } : {});
    await age();
  };
  const failOnce = (at = dueAt) => make(at, 'failed');
  const failForGood = async (at = dueAt) => {
    for (let tries = 1; tries <= 4; tries += 1) await failOnce(at);
  };
  const letters = () =>
    query(
      `SELECT r.due_at, d.cause, d.detail, d.resolved_at IS NULL AS open, d.replayed_as
       FROM dead_letter d JOIN schedule_run r ON r.id = d.id ORDER BY r.due_at`,
    );
  const replayTheOpen = async () => {
    const [{ id }] = await query('SELECT id FROM dead_letter WHERE resolved_at IS NULL');
    const [dataSource] = dataSources;
    await dataSource?.transaction((manager) =>
      settleDeadLetter(manager, id, () => replayRun(manager, id)),
    );
    const [asked] = await first().asked();
    return asked;
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

  const minute = (n: number) => new Date(dueAt.getTime() + n * 60_000);

  test('counts with those of the last hour before it, where a schedule comes by more often than runs are tried again', async () => {
    for (let n = 0; n < 10; n += 1) await failOnce(minute(n));
    expect(await letters()).toMatchObject([{ due_at: minute(3), cause: 'run_failed', open: true }]);
    await query('UPDATE dead_letter SET resolved_at = now()');
    await query(`UPDATE schedule_run SET started_at = now() - interval '61 minutes'`);
    await failOnce(minute(11));
    expect(await letters()).toHaveLength(1);
  });

  test('is one whose schedulers died, too, at every try or in a row', async () => {
    for (let tries = 1; tries <= 4; tries += 1) {
      expect(await letters()).toEqual([]);
      await first().take(name, dueAt, zones);
      await age();
      const lost = await Promise.all(schedulers().map((one) => one.giveUpLost()));
      expect(lost.toSorted()).toEqual([0, 0, 1]);
    }
    expect(await letters()).toMatchObject([{ due_at: dueAt, cause: 'run_lost', open: true }]);
    await query('TRUNCATE schedule_run, dead_letter');
    for (let n = 0; n < 6; n += 1) await first().take(name, minute(n), zones);
    await age();
    expect(await first().giveUpLost()).toBe(6);
    expect(await letters()).toMatchObject([{ due_at: minute(5), cause: 'run_lost', open: true }]);
  });

  test('is made again when that is asked for, by one of all schedulers, and for its zones', async () => {
    await failForGood();
    const asked = await replayTheOpen();
    if (!asked) throw new Error('nothing was asked for');
    expect([asked.name, asked.zones, await first().asked()]).toEqual([name, zones, [asked]]);
    const taken = await Promise.all(schedulers().map((one) => one.take(name, asked.dueAt, zones)));
    const [run, ...others] = taken.flatMap((one) => one ?? []);
    expect(others).toEqual([]);
    if (run) await first().finish(run, 'done', {});
    expect(await first().asked()).toEqual([]);
    expect(await letters()).toMatchObject([{ open: false }]);
  });

  test('that fails again is asked for until its tries are used up, and is a dead letter again', async () => {
    await failForGood();
    const asked = await replayTheOpen();
    if (!asked) throw new Error('nothing was asked for');
    for (let tries = 1; tries <= 4; tries += 1) {
      expect(await first().asked()).toEqual([asked]);
      expect(await letters()).toHaveLength(1);
      await failOnce(asked.dueAt);
    }
    expect(await first().asked()).toEqual([]);
    expect(await letters()).toMatchObject([{ open: false }, { due_at: asked.dueAt, open: true }]);
  });

  test('is settled by the next one that is done for its zones, and by no other', async () => {
    await failForGood();
    await make(new Date(dueAt.getTime() + 3_600_000), 'done', ['America/Tijuana']);
    expect(await letters()).toMatchObject([{ open: true }]);
    const tomorrow = new Date(dueAt.getTime() + 24 * 3_600_000);
    await make(tomorrow, 'done', [...zones, 'America/Lima']);
    const [{ id }] = await query('SELECT id FROM schedule_run WHERE due_at = $1', [tomorrow]);
    expect(await letters()).toMatchObject([{ open: false, replayed_as: id }]);
  });

  test('waits while its schedule is paused, and is not forgotten before it is settled', async () => {
    await failForGood();
    await query('UPDATE schedule SET is_active = false WHERE name = $1', [name]);
    expect(await replayTheOpen()).toBeUndefined();
    await query('UPDATE schedule SET is_active = true WHERE name = $1', [name]);
    expect(await first().asked()).toHaveLength(1);
    await query('UPDATE dead_letter SET resolved_at = NULL');
    await first().forgetRuns(name);
    expect(await letters()).toHaveLength(1);
    await query('UPDATE dead_letter SET resolved_at = now()');
    await first().forgetRuns(name);
    expect(await letters()).toEqual([]);
  });
});
