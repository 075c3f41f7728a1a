import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Logger } from '@nestjs/common';
import fc from 'fast-check';
import type { DataSource } from 'typeorm';
import { createDataSource } from '#infrastructure/persistence/data-source.js';
import { type RunResult, Schedules } from '#infrastructure/persistence/schedules.js';
import { createTestDatabase } from '#infrastructure/testing/test-database.js';
import { Clock } from './clock.js';
import { lastDue } from './due-times.js';
import { type DueRun, ScheduledJob } from './jobs/job.js';

const zones = [
  'America/Guayaquil',
  'America/New_York',
  'America/Tijuana',
  'America/Santiago',
  'Australia/Lord_Howe',
  'Europe/Madrid',
  'Asia/Kathmandu',
];
const hourMs = 3_600_000;
const due = (cron: string, timeZone: string, now: Date) => lastDue({ cron, timeZone }, now);

/** Moments around every change of the clocks of 2026, and others. */
const moment = fc.oneof(
  ...[
    ...['2026-03-08T07:00Z', '2026-11-01T06:00Z', '2026-04-05T03:00Z', '2026-09-06T04:00Z'],
    ...['2026-04-04T15:00Z', '2026-10-03T15:30Z', '2026-03-29T01:00Z', '2026-10-25T01:00Z'],
  ].map((change) =>
    fc
      .integer({ min: -48 * 60, max: 48 * 60 })
      .map((minutes) => new Date(Date.parse(change) + minutes * 60_000)),
  ),
  fc.date({ min: new Date('2026-01-01'), max: new Date('2027-01-01'), noInvalidDate: true }),
);

describe('the last due time', () => {
  test('of a daily schedule falls once on each day of its zone, whatever the clocks do', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.nat(23),
        fc.constantFrom(0, 15, 30, 45),
        moment,
        (zone, hour, minute, start) => {
          const seen = new Set<number>();
          for (let hours = 0; hours < 5 * 24; hours += 1) {
            const now = new Date(start.getTime() + hours * hourMs);
            const last = due(`${minute} ${hour} * * *`, zone, now);
            expect(last?.getTime()).toBeLessThanOrEqual(now.getTime());
            if (last) seen.add(last.getTime());
          }
          const times = [...seen];
          expect(new Set(times.map((time) => dayIn(zone, new Date(time)))).size).toBe(times.length);
          for (const [index, time] of times.slice(1).entries()) {
            const gapMs = time - (times[index] ?? 0);
            expect(Math.abs(gapMs - 24 * hourMs)).toBeLessThanOrEqual(hourMs);
          }
          expect(seen.size).toBeGreaterThanOrEqual(5);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('of every quarter of an hour is never more than a quarter of an hour ago', () => {
    fc.assert(
      fc.property(fc.constantFrom(...zones), moment, (zone, now) => {
        const last = due('*/15 * * * *', zone, now);
        const ago = now.getTime() - (last?.getTime() ?? 0);
        expect(ago).toBeGreaterThanOrEqual(0);
        expect(ago).toBeLessThanOrEqual(15 * 60_000);
      }),
      { numRuns: 300 },
    );
  });

  test('is at the hour of the zone, summer and winter', () => {
    const at = (now: string) => due('0 8 * * *', 'America/New_York', new Date(now))?.toISOString();
    expect(at('2026-01-20T20:00Z')).toBe('2026-01-20T13:00:00.000Z');
    expect(at('2026-07-20T20:00Z')).toBe('2026-07-20T12:00:00.000Z');
  });

  test.each([
    ['nonsense', 'UTC'],
    ['0 8 * * *', 'Mars/Olympus'],
  ])('of %s in %s cannot be told', (cron, zone) => {
    expect(() => due(cron, zone, new Date('2026-01-20T20:00Z'))).toThrow();
  });
});

function dayIn(timeZone: string, time: Date): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(time);
}

describe('the clock', () => {
  let database: Awaited<ReturnType<typeof createTestDatabase>>;
  let dataSource: DataSource;

  beforeAll(async () => {
    Logger.overrideLogger(false);
    database = await createTestDatabase();
    dataSource = await createDataSource(
      { url: database.url, poolSize: 6 },
      { applicationName: 'test' },
    ).initialize();
  });
  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });
  beforeEach(() => dataSource.query('TRUNCATE schedule_run, schedule'));

  class CountingJob extends ScheduledJob {
    runs = 0;
    zones: string[] = [];
    constructor(
      readonly name: string,
      private readonly result: () => Promise<RunResult> = async () => ({ ok: true }),
      override readonly inEveryZone = false,
    ) {
      super();
    }
    run({ zones }: DueRun): Promise<RunResult> {
      this.runs += 1;
      this.zones.push(...zones);
      return this.result();
    }
  }
  const addSchedule = (name: string, cron: string, updated = `now() - interval '1 year'`) =>
    dataSource.query(
      `INSERT INTO schedule (name, cron, time_zone, updated_at) VALUES ($1, $2, 'UTC', ${updated})`,
      [name, cron],
    );
  /** Fires in one minute of the year, which began so many hours ago. */
  const cronBefore = async (hours: number): Promise<string> => {
    const [{ cron }] = await dataSource.query(
      `SELECT to_char(now() AT TIME ZONE 'UTC' - $1 * interval '1 hour', 'MI HH24 DD MM') || ' *'
         AS cron`,
      [hours],
    );
    return cron;
  };
  const ledger = () =>
    dataSource.query(
      'SELECT schedule_name AS name, state, result FROM schedule_run ORDER BY 1, due_at',
    );
  const aClock = (...jobs: ScheduledJob[]) => new Clock(new Schedules(dataSource), jobs);

  test('fires a schedule once for its due time, however many clocks tick', async () => {
    await addSchedule('job', await cronBefore(1));
    const job = new CountingJob('job');
    await Promise.all([1, 2, 3, 4].map(() => aClock(job).tick()));
    await aClock(job).tick();
    expect(job.runs).toBe(1);
    expect(await ledger()).toEqual([{ name: 'job', state: 'done', result: { ok: true } }]);
  });

  test('fires once for all zones of the workshops where it is the same moment', async () => {
    await dataSource.query(`
      INSERT INTO taller (id, slug, name, time_zone, is_active) VALUES
        (gen_random_uuid(), 'a', 'A', 'Etc/UTC', true), (gen_random_uuid(), 'b', 'B', 'UTC', true),
        (gen_random_uuid(), 'c', 'C', 'Asia/Kathmandu', true),
        (gen_random_uuid(), 'd', 'D', 'America/Lima', false)`);
    await addSchedule('job', '30 * * * *');
    const job = new CountingJob('job', undefined, true);
    await Promise.all([1, 2, 3].map(() => aClock(job).tick()));
    // Kathmandu is three quarters of an hour off.
    expect([job.runs, job.zones.toSorted()]).toEqual([2, ['Asia/Kathmandu', 'Etc/UTC', 'UTC']]);
    await dataSource.query('TRUNCATE taller CASCADE');
  });

  test('makes up for a missed run, and writes down one that is too late', async () => {
    await addSchedule('eleven', await cronBefore(11));
    await addSchedule('thirteen', await cronBefore(13));
    const [eleven, thirteen] = [new CountingJob('eleven'), new CountingJob('thirteen')];
    await aClock(eleven, thirteen).tick();
    expect([eleven.runs, thirteen.runs]).toEqual([1, 0]);
    expect(await ledger()).toMatchObject([
      { name: 'eleven', state: 'done' },
      { name: 'thirteen', state: 'missed' },
    ]);
  });

  test('makes a failed run again when that was asked for, however late, once, for the zones in which it failed', async () => {
    await addSchedule('job', '0 0 1 1 *', 'now()');
    const job = new CountingJob('job', undefined, true);
    await dataSource.query(
      `INSERT INTO schedule_run (schedule_name, due_at, state, tries, zones, replay_of)
       VALUES ('job', date_trunc('milliseconds', now() - interval '1 day'), 'asked', 0,
         '{Asia/Kathmandu}', $1)`,
      ['0190aaaa-0000-7000-8000-000000000001'],
    );
    await Promise.all([1, 2, 3].map(() => aClock(job).tick()));
    expect([job.runs, job.zones]).toEqual([1, ['Asia/Kathmandu']]);
    expect(await ledger()).toMatchObject([{ name: 'job', state: 'done' }]);
  });

  test('makes the others that were asked for when one cannot be written', async () => {
    await addSchedule('broken', '0 0 1 1 *', 'now()');
    await addSchedule('job', '0 0 1 1 *', 'now()');
    await dataSource.query(`
      INSERT INTO schedule_run (schedule_name, due_at, state, tries, zones) VALUES
        ('broken', date_trunc('milliseconds', now() - interval '2 days'), 'asked', 0, '{UTC}'),
        ('job', date_trunc('milliseconds', now() - interval '1 day'), 'asked', 0, '{UTC}');
      ALTER TABLE schedule_run ADD CONSTRAINT nobody_takes_it
        CHECK (schedule_name <> 'broken' OR state = 'asked')`);
    const job = new CountingJob('job');
    await aClock(new CountingJob('broken'), job).tick();
    await dataSource.query('ALTER TABLE schedule_run DROP CONSTRAINT nobody_takes_it');
    expect(job.runs).toBe(1);
    expect(await ledger()).toMatchObject([
      { name: 'broken', state: 'asked' },
      { name: 'job', state: 'done' },
    ]);
  });

  test('does not fire what was due before the schedule was made or changed', async () => {
    await addSchedule('job', '0 0 1 1 *', 'now()');
    const job = new CountingJob('job');
    await aClock(job).tick();
    expect(job.runs).toBe(0);
    expect(await ledger()).toEqual([]);
  });

  test('goes on with the others when one fails or cannot be read', async () => {
    await addSchedule('a-broken', 'nonsense');
    await addSchedule('b-failing', '* * * * *');
    await addSchedule('c-unknown', '* * * * *');
    await addSchedule('d-good', '* * * * *');
    const failing = new CountingJob('b-failing', () => Promise.reject(new Error('lost')));
    const good = new CountingJob('d-good');
    await aClock(new CountingJob('a-broken'), failing, good).tick();
    expect(good.runs).toBe(1);
    expect(await ledger()).toMatchObject([
      { name: 'b-failing', state: 'failed', result: { error: 'Error: lost' } },
      { name: 'd-good', state: 'done' },
    ]);
  });

  test('survives a database that is away, and says that it ticks', async () => {
    await dataSource.query(`ALTER TABLE schedule RENAME TO schedule_away`);
    const clock = aClock(new CountingJob('job'));
    await clock.tick();
    await clock.settle();
    expect(clock.isTicking()).toBe(true);
    await dataSource.query(`ALTER TABLE schedule_away RENAME TO schedule`);
  });
});
