import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  afterCalls,
  afterProbe,
  type Breaker,
  type CallReport,
  closedBreaker,
  isWatched,
  probeEveryMs,
  takeProbe,
} from './breaker.js';

const failure = { code: 'timeout', detail: 'no answer' };
const report = (calls: number, failures: number): CallReport => ({
  calls,
  failures,
  lastFailure: failures > 0 ? failure : null,
  misconfigured: false,
});
/** Reports of [calls, failures], one in each second. */
const told = (seconds: [calls: number, failures: number][]) =>
  seconds.reduce(
    (breaker, [calls, failures], second) =>
      afterCalls(breaker, report(calls, failures), second * 1000),
    closedBreaker,
  );
const anOpenOne = told([[10, 10]]);
const probed = (breaker: Breaker, results: ('succeeded' | 'failed')[], nowMs = 60_000) =>
  results.reduce((one, result) => afterProbe(one, result, failure, nowMs), breaker);

describe('a closed breaker', () => {
  test.each<[string, [number, number][], Breaker['state']]>([
    ['opens at five failures of ten calls', [[10, 5]], 'open'],
    ['stays at four failures of ten', [[10, 4]], 'closed'],
    ['stays at nine failures of nine', [[9, 9]], 'closed'],
    ['stays where less than half fail', [[40, 19]], 'closed'],
    ['counts the calls of half a minute together', Array(10).fill([1, 0.5]), 'open'],
    [
      'opens by what failed lately, however much went well before',
      [
        [1000, 0],
        [10, 5],
      ],
      'open',
    ],
  ])('%s', (_, seconds, state) => {
    expect(told(seconds).state).toBe(state);
  });

  test('forgets what is older than half a minute', () => {
    const before = afterCalls(closedBreaker, report(9, 9), 0);
    expect(afterCalls(before, report(1, 1), 29_999).state).toBe('open');
    expect(afterCalls(before, report(1, 1), 30_000).state).toBe('closed');
  });

  test('opens at once where the account itself is wrong, and says so', () => {
    const opened = afterCalls(closedBreaker, { ...report(1, 1), misconfigured: true }, 5000);
    expect(opened).toMatchObject({
      state: 'open',
      misconfigured: true,
      sinceMs: 5000,
      lastFailure: failure,
      probeAtMs: 5000 + probeEveryMs,
    });
  });

  test('is watched for half a minute after a failure', () => {
    const failing = afterCalls(closedBreaker, report(3, 1), 0);
    expect([0, 29_999, 30_000].map((ms) => isWatched(failing, ms))).toEqual([true, true, false]);
    expect(isWatched(afterCalls(closedBreaker, report(3, 0), 0), 0)).toBe(false);
  });

  test('never opens while less than half of any stretch of calls fail', () => {
    const second = fc
      .integer({ min: 1, max: 50 })
      .chain((calls) =>
        fc.record({ calls: fc.constant(calls), failures: fc.nat(Math.ceil(calls / 2) - 1) }),
      );
    fc.assert(
      fc.property(fc.array(second, { maxLength: 60 }), (seconds) => {
        const end = told(seconds.map(({ calls, failures }) => [calls, failures]));
        expect(end.state).toBe('closed');
      }),
    );
  });
});

describe('an open breaker', () => {
  test('lets one probe through in half a minute, whoever asks', () => {
    let breaker = anOpenOne;
    const taken: number[] = [];
    for (let ms = 0; ms <= 120_000; ms += 500) {
      const next = takeProbe(breaker, ms);
      if (!next) continue;
      taken.push(ms);
      breaker = probed(next, ['failed'], ms);
    }
    expect(taken).toEqual([30_000, 60_000, 90_000, 120_000]);
    expect(breaker).toMatchObject({ state: 'open', sinceMs: 0 });
  });

  test('is moved by no call that was under way when it opened', () => {
    expect(afterCalls(anOpenOne, report(50, 0), 1000)).toBe(anOpenOne);
  });

  test('closes after three successes in a row, and the next probe waits for none', () => {
    const once = probed(anOpenOne, ['succeeded'], 31_000);
    expect(once).toMatchObject({ state: 'half_open', probeAtMs: 31_000, successes: 1 });
    expect(probed(once, ['succeeded']).state).toBe('half_open');
    expect(probed(once, ['succeeded', 'succeeded'], 33_000)).toMatchObject({
      state: 'closed',
      sinceMs: 33_000,
      seconds: [],
    });
  });

  test('counts its successes anew after a failure', () => {
    const back = probed(anOpenOne, ['succeeded', 'succeeded', 'failed', 'succeeded', 'succeeded']);
    expect(back).toMatchObject({ state: 'half_open', successes: 2 });
  });
});

describe('a breaker that closed a moment ago', () => {
  const closed = probed(anOpenOne, ['succeeded', 'succeeded', 'succeeded'], 60_000);

  test.each<[string, number, CallReport, Breaker['state']]>([
    ['opens again at two failures', 61_000, report(3, 2), 'open'],
    ['stays at one', 61_000, report(3, 1), 'closed'],
    ['stays where four fifths go well', 61_000, report(11, 2), 'closed'],
    ['is as patient as any other after a minute', 120_000, report(3, 2), 'closed'],
  ])('%s', (_, nowMs, calls, state) => {
    expect(afterCalls(closed, calls, nowMs).state).toBe(state);
  });
});
