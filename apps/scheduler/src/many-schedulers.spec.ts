import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  jest,
  test,
} from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { createDataSource } from '#infrastructure/persistence/data-source.js';
import { type RunResult, Schedules } from '#infrastructure/persistence/schedules.js';
import { createTestDatabase } from '#infrastructure/testing/test-database.js';
import { Clock } from './clock.js';
import { type DueRun, ScheduledJob } from './jobs/job.js';

const minuteMs = 60_000;
let database: Awaited<ReturnType<typeof createTestDatabase>>;
let dataSources: DataSource[];

beforeAll(async () => {
  Logger.overrideLogger(false);
  database = await createTestDatabase();
  const open = () =>
    createDataSource({ url: database.url, poolSize: 2 }, { applicationName: 'test' }).initialize();
  dataSources = await Promise.all(Array.from({ length: 5 }, open));
});
afterAll(async () => {
  for (const dataSource of dataSources) await dataSource.destroy();
  await database.drop();
});
beforeEach(() => query('TRUNCATE schedule_run, schedule'));

const query = (sql: string, parameters?: unknown[]) => dataSources[0]?.query(sql, parameters);
const addSchedule = (cron: string, zone: string, updatedAt: string) =>
  query(`INSERT INTO schedule (name, cron, time_zone, updated_at) VALUES ('job', $1, $2, $3)`, [
    cron,
    zone,
    updatedAt,
  ]);

class NotedJob extends ScheduledJob {
  readonly name = 'job';
  readonly ran: string[] = [];

  async run({ now }: DueRun): Promise<RunResult> {
    this.ran.push(now.toISOString());
    return {};
  }
}

/** The database's ledger, at a moment of our choice. */
class SchedulesAt extends Schedules {
  now = new Date(0);

  override async active() {
    return { ...(await super.active()), now: this.now };
  }
}

describe('schedulers on one database', () => {
  test.each([
    ['America/New_York', '30 2 * * *', '2026-03-07', ['07:30', '07:00', '06:30']],
    ['America/New_York', '30 1 * * *', '2026-10-31', ['05:30', '05:30', '06:30']],
    ['America/Santiago', '30 0 * * *', '2026-09-05', ['04:30', '04:00', '03:30']],
    ['Australia/Lord_Howe', '45 1 * * *', '2026-04-04', ['14:45', '14:45', '15:15']],
    ['America/Guayaquil', '0 8 * * *', '2026-03-07', ['13:00', '13:00', '13:00']],
  ])('in %s fire %s once a day, also when the clocks change', async (zone, cron, from, times) => {
    const startMs = Date.parse(`${from}T00:00:00Z`) - (zone.startsWith('Aus') ? 86_400_000 : 0);
    await addSchedule(cron, zone, new Date(startMs).toISOString());
    const job = new NotedJob();
    const ledgers = dataSources.map((dataSource) => new SchedulesAt(dataSource));
    const clocks = ledgers.map((ledger) => new Clock(ledger, [job]));
    for (let atMs = startMs; atMs < startMs + 3 * 86_400_000; atMs += 30 * minuteMs) {
      // Of five schedulers that ask at one moment, some ask late.
      for (const [place, ledger] of ledgers.entries()) ledger.now = new Date(atMs + place * 7000);
      await Promise.all(clocks.map((clock) => clock.tick()));
    }
    const runs = await query('SELECT due_at, state FROM schedule_run ORDER BY due_at');
    const dueTimes = runs.map(({ due_at }: { due_at: Date }) => due_at.toISOString().slice(11, 16));
    expect(dueTimes).toEqual(times);
    expect(job.ran).toHaveLength(3);
  });
});

describe('a process whose own clock is wrong', () => {
  afterEach(() => {
    jest.useRealTimers();
  });

  /** The database's minute so many minutes from now, as a schedule that fires once a year. */
  const cronIn = async (minutes: number): Promise<string> => {
    const [{ cron }] = await query(
      `SELECT to_char(now() AT TIME ZONE 'UTC' + $1 * interval '1 minute', 'MI HH24 DD MM') || ' *'
         AS cron`,
      [minutes],
    );
    return cron;
  };
  const hourAgo = () => new Date(Date.now() - 60 * minuteMs).toISOString();
  const setClockOff = (minutes: number) =>
    jest.useFakeTimers({ now: Date.now() + minutes * minuteMs, doNotFake: allButDate });

  test.each([-10, 10])('by %i minutes fires nothing early', async (wrongBy) => {
    await addSchedule(await cronIn(5), 'UTC', hourAgo());
    setClockOff(wrongBy);
    const job = new NotedJob();
    for (const dataSource of dataSources) {
      await new Clock(new Schedules(dataSource), [job]).tick();
    }
    expect(job.ran).toEqual([]);
  });

  test.each([-10, 10])('by %i minutes fires what is due, and not twice', async (wrongBy) => {
    await addSchedule(await cronIn(-5), 'UTC', hourAgo());
    const job = new NotedJob();
    const clocks = dataSources.map((dataSource) => new Clock(new Schedules(dataSource), [job]));
    setClockOff(wrongBy);
    await Promise.all(clocks.slice(1).map((clock) => clock.tick()));
    expect(job.ran).toHaveLength(1);
    jest.useRealTimers();
    await Promise.all(clocks.map((clock) => clock.tick()));
    expect(job.ran).toHaveLength(1);
  });
});

const allButDate = [
  ...(['hrtime', 'nextTick', 'performance', 'queueMicrotask'] as const),
  ...(['setImmediate', 'clearImmediate', 'setInterval', 'clearInterval'] as const),
  ...(['setTimeout', 'clearTimeout'] as const),
];
