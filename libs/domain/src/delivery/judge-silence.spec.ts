import { describe, expect, test } from '@jest/globals';
import { afterProbe, afterSigns, closedBreaker, takeProbe } from './breaker.js';
import { judgeSilence } from './judge-silence.js';

const nowMs = 1_800_000_000_000;
const minuteMs = 60_000;
const quiet = { unanswered: 5, heardAtMs: nowMs - 10 * minuteMs, usedToAnswer: true };

describe('a line', () => {
  test.each([
    ['is silent when five people gave no sign and it is quiet for ten minutes', {}, 'silent'],
    ['is silent when it was quiet all day', { heardAtMs: null }, 'silent'],
    ['speaks when anything was heard since', { heardAtMs: nowMs - 9 * minuteMs }, 'speaks'],
    ['is not known to be silent by four people', { unanswered: 4 }, 'cannot_tell'],
    ['that never answered tells nothing', { usedToAnswer: false }, 'cannot_tell'],
  ] as const)('%s', (_what, signs, verdict) => {
    expect(judgeSilence({ ...quiet, ...signs }, nowMs)).toBe(verdict);
  });
});

describe('the breaker of a line', () => {
  const opened = afterSigns(closedBreaker, 'silent', nowMs);

  test('opens by silence, and lets messages go on to other channels', () => {
    expect(opened).toMatchObject({
      state: 'open',
      misconfigured: true,
      lastFailure: { code: 'no_acknowledgements' },
    });
    expect(afterSigns(opened, 'silent', nowMs + minuteMs)).toBe(opened);
  });

  test('is not closed by messages that are taken, for those were taken before', () => {
    let breaker = opened;
    for (let probe = 1; probe <= 5; probe += 1) {
      breaker = afterProbe(breaker, 'succeeded', null, nowMs + probe * minuteMs);
    }
    expect(breaker.state).toBe('open');
  });

  test('asks one message in ten minutes whether the line is back', () => {
    expect(takeProbe(opened, nowMs + 9 * minuteMs)).toBeNull();
    const taken = takeProbe(opened, nowMs + 10 * minuteMs);
    expect(taken?.probeAtMs).toBe(nowMs + 20 * minuteMs);
  });

  test('closes when something is heard, and not by what cannot tell', () => {
    expect(afterSigns(opened, 'cannot_tell', nowMs + 1)).toBe(opened);
    expect(afterSigns(opened, 'speaks', nowMs + 1)).toMatchObject({ state: 'closed' });
    expect(afterSigns(closedBreaker, 'speaks', nowMs)).toBe(closedBreaker);
  });

  test('that is open for another reason is left to that', () => {
    const failing = { ...opened, silent: false };
    expect(afterSigns(failing, 'speaks', nowMs)).toBe(failing);
    expect(afterSigns(failing, 'silent', nowMs)).toBe(failing);
  });
});
