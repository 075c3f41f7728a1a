import { beforeAll, expect, test } from '@jest/globals';
import { Logger } from '@nestjs/common';
import fc from 'fast-check';
import { createDataSource } from '#infrastructure/persistence/data-source.js';
import { type RunResult, Schedules, type TakenRun } from '#infrastructure/persistence/schedules.js';
import { Clock } from './clock.js';
import { type DueRun, ScheduledJob } from './jobs/job.js';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const quarterMs = 15 * minuteMs;
const startMs = Date.parse('2026-01-01T00:00:00Z');
const endMs = Date.parse('2027-01-01T00:00:00Z');

const anyYear = fc.record({
  zone: fc.constantFrom(
    ...['America/Guayaquil', 'America/Santiago', 'America/New_York', 'Australia/Lord_Howe'],
  ),
  /** The hours in which clocks change come as often as all others together. */
  hour: fc.oneof(fc.nat(3), fc.nat(23)),
  minute: fc.constantFrom(0, 15, 30, 45),
  schedulers: fc.integer({ min: 1, max: 10 }),
  /** Times in which no scheduler is there. */
  outages: fc.array(
    fc.record({
      fromHour: fc.nat(365 * 24),
      hours: fc.oneof(fc.integer({ min: 1, max: 14 }), fc.nat(80)),
    }),
    { maxLength: 40 },
  ),
  /** Minutes from one moment to the next, and which of the schedulers tick then (bits). */
  moments: fc.array(
    fc.record({ gap: fc.integer({ min: 5, max: 120 }), up: fc.integer({ min: 1, max: 1023 }) }),
    { minLength: 20, maxLength: 60 },
  ),
});
type Year = typeof anyYear extends fc.Arbitrary<infer T> ? T : never;

beforeAll(() => Logger.overrideLogger(false));

test('in years of any number of schedulers that come and go, every due time runs once or is told to be missed: none early, none twice, none after twelve hours', async () => {
  let ticks = 0;
  await fc.assert(
    fc.asyncProperty(anyYear, async (year) => {
      const ledger = new LedgerOfAYear(year);
      const job = new NotedJob();
      const clocks = Array.from({ length: year.schedulers }, () => new Clock(ledger, [job]));
      const watched: number[] = [];
      for (const { atMs, up } of momentsOf(year)) {
        const awake = clocks.filter((_clock, index) => (up >> index) & 1);
        if (awake.length > 0) watched.push(atMs);
        ticks += awake.length;
        ledger.nowMs = atMs;
        await Promise.all(awake.map((clock) => clock.tick()));
      }
      expect(job.ran.length).toBe(new Set(job.ran).size);
      expect([...ledger.runs]).toEqual(expectedRuns(year, watched));
      const done = [...ledger.runs].filter(([, { state }]) => state === 'done');
      expect(job.ran).toEqual(done.map(([, { atMs }]) => atMs));
    }),
    { numRuns: 12 },
  );
  expect(ticks).toBeGreaterThan(100_000);
}, 120_000);

class NotedJob extends ScheduledJob {
  readonly name = 'job';
  /** When it ran. */
  readonly ran: number[] = [];

  async run({ now }: DueRun): Promise<RunResult> {
    this.ran.push(now.getTime());
    return {};
  }
}

/** The ledger's promises on a clock that the test moves. */
class LedgerOfAYear extends Schedules {
  nowMs = startMs;
  readonly runs = new Map<number, { state: string; atMs: number }>();

  constructor(private readonly year: Pick<Year, 'zone' | 'hour' | 'minute'>) {
    // Never opened.
    super(createDataSource({ url: 'postgresql://127.0.0.1:1/none', poolSize: 2 }, named));
  }

  override async active() {
    const { zone, hour, minute } = this.year;
    const cron = `${minute} ${hour} * * *`;
    const schedule = { name: 'job', cron, timeZone: zone, updatedAt: new Date(startMs) };
    return { now: new Date(this.nowMs), schedules: [schedule], tallerZones: [] };
  }

  override async giveUpLost(): Promise<number> {
    return 0;
  }

  override async asked() {
    return [];
  }

  override async take(name: string, dueAt: Date): Promise<TakenRun | null> {
    if (this.runs.has(dueAt.getTime())) return null;
    this.runs.set(dueAt.getTime(), { state: 'running', atMs: this.nowMs });
    return { name, dueAt, tries: 1 };
  }

  override async finish({ dueAt }: TakenRun, state: string): Promise<void> {
    this.runs.set(dueAt.getTime(), { state, atMs: this.nowMs });
  }
}

const named = { applicationName: 'test' };

function momentsOf({ moments, outages }: Year): { atMs: number; up: number }[] {
  const taken: { atMs: number; up: number }[] = [];
  let atMs = startMs;
  for (let index = 0; atMs < endMs; index += 1) {
    const { gap = 5, up = 1 } = moments[index % moments.length] ?? {};
    atMs += gap * minuteMs;
    const isOut = outages.some(({ fromHour, hours }) => {
      const since = atMs - startMs - fromHour * hourMs;
      return since >= 0 && since < hours * hourMs;
    });
    // Due times are told up to the year's end; the last step may lead over it, past the next one.
    if (atMs < endMs && !isOut) taken.push({ atMs, up });
  }
  return taken;
}

/** What the ledger must hold, from the zone's own wall clock alone. */
function expectedRuns(year: Year, watched: readonly number[]) {
  const dueTimes = dueTimesOf(year);
  const expected: [number, { state: string; atMs: number }][] = [];
  let next = 0;
  for (const [index, dueMs] of dueTimes.entries()) {
    while ((watched[next] ?? endMs) < dueMs) next += 1;
    const atMs = watched[next];
    // Nobody looked until the next one was due: that one is made up for, and this one is not.
    if (atMs === undefined || atMs >= (dueTimes[index + 1] ?? Number.POSITIVE_INFINITY)) continue;
    expected.push([dueMs, { state: atMs - dueMs > 12 * hourMs ? 'missed' : 'done', atMs }]);
  }
  return expected;
}

/** On each day of the zone the first moment at which its wall clock shows the time, or a later one. */
function dueTimesOf({ zone, hour, minute }: Year): number[] {
  const wanted = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
  const first = new Map<string, number>();
  for (const [atMs, day, time] of wallClockOf(zone)) {
    if (time >= wanted && !first.has(day)) first.set(day, atMs);
  }
  return [...first.values()].filter((dueMs) => dueMs >= startMs && dueMs < endMs);
}

const wallClocks = new Map<string, [atMs: number, day: string, time: string][]>();

/** What a zone's wall clock shows in every quarter of an hour; from the day before, to know its first. */
function wallClockOf(timeZone: string): [atMs: number, day: string, time: string][] {
  const known = wallClocks.get(timeZone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'short',
  });
  const shown: [number, string, string][] = [];
  for (let atMs = startMs - 48 * hourMs; atMs < endMs; atMs += quarterMs) {
    const [day = '', time = ''] = format.format(atMs).split(' ');
    shown.push([atMs, day, time]);
  }
  wallClocks.set(timeZone, shown);
  return shown;
}
