import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isQuiet, nextQuiet, type QuietHours, quietUntil } from './quiet-hours.js';
import { isoIn, localTimeAt } from './zoned-time.js';

const minuteMs = 60_000;

/** Zones with and without summer time, one that changes by half an hour, one at midnight. */
const zones = [
  'America/Guayaquil',
  'America/Tijuana',
  'America/Santiago',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Africa/Cairo',
];
/** Around the changes of the clocks of these zones, and away from them. */
const anyMoment = fc
  .record({
    day: fc.constantFrom(
      ...['2026-03-08', '2026-04-05', '2026-04-24', '2026-09-06', '2026-10-04'],
      ...['2026-10-29', '2026-11-01', '2026-12-24', '2026-07-01'],
    ),
    minutes: fc.integer({ min: -1440, max: 2880 }),
  })
  .map(({ day, minutes }) => new Date(Date.parse(`${day}T00:00:00Z`) + minutes * minuteMs));
const anyClock = fc
  .record({ hour: fc.nat(23), minute: fc.constantFrom(0, 15, 30, 59) })
  .map(({ hour, minute }) => [hour, minute].map((part) => String(part).padStart(2, '0')).join(':'));
const anyNight = fc.oneof(
  fc.tuple(anyClock, anyClock).filter(([from, to]) => from !== to),
  fc.constant(['20:00', '08:00'] as [string, string]),
  fc.constant([null, null] as [null, null]),
);
const anyQuiet: fc.Arbitrary<QuietHours> = fc
  .record({
    zone: fc.constantFrom(...zones),
    night: anyNight,
    holidays: fc.uniqueArray(
      fc.constantFrom(
        '2026-03-08',
        '2026-04-24',
        '2026-09-06',
        '2026-11-01',
        '2026-11-02',
        '2026-12-25',
      ),
      { maxLength: 4 },
    ),
  })
  .map(({ zone, night: [from, to], holidays }) => ({ zone, from, to, holidays }));

/** What the wall's clock says, minute by minute: slow, and surely right. */
function firstLoudMinute(at: Date, quiet: QuietHours): number {
  let moment = at.getTime();
  while (isQuiet(new Date(moment), quiet)) {
    moment = (Math.floor(moment / minuteMs) + 1) * minuteMs;
  }
  return moment;
}

const quito: QuietHours = {
  zone: 'America/Guayaquil',
  from: '20:00',
  to: '08:00',
  holidays: ['2026-12-25'],
};

describe('quiet hours', () => {
  test.each([
    ['2026-11-22T19:59:59-05:00', null],
    ['2026-11-22T20:00:00-05:00', '2026-11-23T08:00-05:00'],
    ['2026-11-23T00:00:00-05:00', '2026-11-23T08:00-05:00'],
    ['2026-11-23T07:59:59-05:00', '2026-11-23T08:00-05:00'],
    ['2026-11-23T08:00:00-05:00', null],
    ['2026-12-24T21:00:00-05:00', '2026-12-26T08:00-05:00'],
    ['2026-12-25T12:00:00-05:00', '2026-12-26T08:00-05:00'],
  ])('at %s last until %s', (at, until) => {
    const end = quietUntil(new Date(at), quito);
    expect(end && isoIn(quito.zone, end)).toBe(until);
  });

  test('are those of the day where they do not pass midnight', () => {
    const siesta = { ...quito, from: '13:00', to: '15:00' };
    expect(isQuiet(new Date('2026-11-22T14:00:00-05:00'), siesta)).toBe(true);
    expect(isQuiet(new Date('2026-11-22T23:00:00-05:00'), siesta)).toBe(false);
  });

  test('are none but holidays where a workshop keeps none', () => {
    const never = { ...quito, from: null, to: null };
    expect(quietUntil(new Date('2026-11-22T03:00:00-05:00'), never)).toBeNull();
    const christmas = quietUntil(new Date('2026-12-25T03:00:00-05:00'), never);
    expect(christmas && isoIn(quito.zone, christmas)).toBe('2026-12-26T00:00-05:00');
    expect(nextQuiet(new Date('2026-12-26T00:00:00-05:00'), never)).toBeNull();
  });

  test('end by the wall’s clock on the day that has no such hour', () => {
    // In Tijuana the clocks went from 02:00 to 03:00 on 8 March 2026.
    const quiet = { ...quito, zone: 'America/Tijuana', from: '22:00', to: '02:30' };
    const until = quietUntil(new Date('2026-03-08T01:00:00-08:00'), quiet);
    expect(until && isoIn(quiet.zone, until)).toBe('2026-03-08T03:00-07:00');
  });

  test('end at the first moment that the wall’s clock calls loud, in every zone and season', () => {
    fc.assert(
      fc.property(anyMoment, anyQuiet, (at, quiet) => {
        const until = quietUntil(at, quiet);
        expect((until ?? at).getTime()).toBe(firstLoudMinute(at, quiet));
      }),
      { numRuns: 100 },
    );
  });

  test('begin next where all before is loud', () => {
    fc.assert(
      fc.property(anyMoment, anyQuiet, (at, quiet) => {
        const loud = quietUntil(at, quiet) ?? at;
        const next = nextQuiet(loud, quiet);
        const lastMs = Math.min(next?.getTime() ?? Infinity, loud.getTime() + 2880 * minuteMs);
        // Every 13th minute, and the last one.
        for (let moment = loud.getTime(); moment < lastMs; moment += 13 * minuteMs) {
          expect(isQuiet(new Date(moment), quiet)).toBe(false);
        }
        expect(isQuiet(new Date(lastMs - 1), quiet)).toBe(false);
        if (next) expect(isQuiet(next, quiet)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});

describe('the wall’s clock', () => {
  test('is that of the zone, to the minute', () => {
    const at = new Date('2026-11-22T19:30:00Z');
    expect(localTimeAt(at, 'Asia/Kathmandu')).toEqual({ date: '2026-11-23', minute: 75 });
    expect(isoIn('Asia/Kathmandu', at)).toBe('2026-11-23T01:15+05:45');
    expect(() => localTimeAt(at, 'Mars/Olympus')).toThrow();
  });
});
