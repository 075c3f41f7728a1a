import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { anyOutcome, anyPolicy, anyRandom } from '../testing/arbitraries.js';
import type { AttemptOutcome } from './attempt-outcome.js';
import { decideNextStep, type NextStep, type Standing } from './decide-next-step.js';
import { backoffMs, type DeliveryPolicy } from './delivery-policy.js';

const policy: DeliveryPolicy = {
  retries: 3,
  retryBaseMs: 5000,
  retryCapMs: 300_000,
  unknown: 'resend',
};
const lookingUp: DeliveryPolicy = { ...policy, unknown: 'look_up' };
const first: Standing = {
  attempt: 1,
  uncounted: 0,
  probe: false,
  losses: 0,
  hasNextRung: true,
  validForMs: null,
};
const said = { code: 'some_code', detail: 'what was said' };
const transient: AttemptOutcome = { kind: 'transient', ...said };
const unknown: AttemptOutcome = { kind: 'unknown', ...said };

describe('what follows an attempt', () => {
  test.each<[string, AttemptOutcome, Partial<Standing>, DeliveryPolicy, NextStep]>([
    [
      'accepted is done',
      { kind: 'accepted', providerMessageId: 'x', detail: '' },
      { attempt: 9, validForMs: -1 },
      policy,
      { kind: 'done' },
    ],
    [
      'a wrong address moves on at once',
      { kind: 'permanent_recipient', ...said },
      {},
      policy,
      { kind: 'next_rung', because: 'refused_for_good' },
    ],
    [
      'a content never taken moves on at once',
      { kind: 'permanent_message', ...said },
      {},
      policy,
      { kind: 'next_rung', because: 'refused_for_good' },
    ],
    [
      'a passing trouble is tried again',
      transient,
      {},
      policy,
      { kind: 'retry', delayMs: 2500, lookUpFirst: false },
    ],
    [
      'the provider’s own waiting time is kept',
      { kind: 'rate_limited', ...said, retryAfterMs: 60_000 },
      {},
      policy,
      { kind: 'retry', delayMs: 60_000, lookUpFirst: false },
    ],
    [
      'a shorter one than ours is not',
      { ...transient, retryAfterMs: 10 },
      {},
      policy,
      { kind: 'retry', delayMs: 2500, lookUpFirst: false },
    ],
    [
      'one of a year is believed for a day',
      { ...transient, retryAfterMs: 31_536_000_000 },
      {},
      policy,
      { kind: 'retry', delayMs: 86_400_000, lookUpFirst: false },
    ],
    [
      'the third retry is the last',
      transient,
      { attempt: 4 },
      policy,
      { kind: 'next_rung', because: 'retries_used_up' },
    ],
    [
      'a retry that would come too late moves on instead',
      transient,
      { validForMs: 2500 },
      policy,
      { kind: 'next_rung', because: 'no_time_left' },
    ],
    [
      'a channel out of order moves on at once',
      { kind: 'misconfigured', ...said },
      {},
      policy,
      { kind: 'next_rung', because: 'channel_misconfigured' },
    ],
    [
      'a channel out of order is tried again where it is the last',
      { kind: 'misconfigured', ...said },
      { hasNextRung: false },
      policy,
      { kind: 'retry', delayMs: 2500, lookUpFirst: false },
    ],
    [
      'a lost answer is sent again where a repeat does no harm',
      unknown,
      {},
      policy,
      { kind: 'retry', delayMs: 2500, lookUpFirst: false },
    ],
    [
      'a lost answer is looked up elsewhere, once the provider had time to write it down',
      unknown,
      {},
      lookingUp,
      { kind: 'retry', delayMs: 10_000, lookUpFirst: true },
    ],
    [
      'the last attempt’s lost answer is looked up too',
      unknown,
      { attempt: 4 },
      lookingUp,
      { kind: 'retry', delayMs: 20_000, lookUpFirst: true },
    ],
    [
      'what a look-up could not tell moves on',
      { ...unknown, code: 'unconfirmed' },
      {},
      lookingUp,
      { kind: 'next_rung', because: 'cannot_be_confirmed' },
    ],
    [
      'a process that died costs no wait, for its lease was one',
      { ...unknown, code: 'worker_lost' },
      { losses: 1 },
      lookingUp,
      { kind: 'retry', delayMs: 0, lookUpFirst: true },
    ],
    [
      'a message that three processes did not outlive is not tried again',
      { ...unknown, code: 'poison' },
      { losses: 3 },
      lookingUp,
      { kind: 'next_rung', because: 'poison' },
    ],
    [
      'a probe that fails uses up no retry, and the next is half a minute off',
      transient,
      { probe: true, attempt: 9, uncounted: 5 },
      policy,
      { kind: 'retry', delayMs: 30_000, lookUpFirst: false, uncounted: true },
    ],
    [
      'attempts that were probes leave the retries as they were',
      transient,
      { attempt: 6, uncounted: 3 },
      policy,
      { kind: 'retry', delayMs: 10_000, lookUpFirst: false },
    ],
    [
      'a probe whose look-up was answered in vain moves on: the provider is well',
      { ...unknown, code: 'cannot_be_known' },
      { probe: true },
      lookingUp,
      { kind: 'next_rung', because: 'cannot_be_confirmed' },
    ],
    [
      'a probe whose look-up nobody answers waits for the provider',
      { ...unknown, code: 'unconfirmed' },
      { probe: true },
      lookingUp,
      { kind: 'retry', delayMs: 30_000, lookUpFirst: true, uncounted: true },
    ],
  ])('%s', (_, outcome, standing, given, step) => {
    expect(decideNextStep(outcome, { ...first, ...standing }, given, 0.5)).toEqual(step);
  });
});

const anyStanding: fc.Arbitrary<Standing> = fc
  .record({
    attempt: fc.integer({ min: 1, max: 8 }),
    uncounted: fc.nat(7),
    probe: fc.boolean(),
    losses: fc.nat(2),
    hasNextRung: fc.boolean(),
    validForMs: fc.option(fc.integer({ min: -1000, max: 10 ** 8 })),
  })
  .map((standing) => ({
    ...standing,
    uncounted: Math.min(standing.uncounted, standing.attempt - 1),
  }));

describe('whatever the outcome and the policy', () => {
  test('nothing is sent again past the allowed retries', () => {
    fc.assert(
      fc.property(
        anyOutcome,
        anyStanding,
        anyPolicy,
        anyRandom,
        (outcome, standing, any, random) => {
          const step = decideNextStep(outcome, standing, any, random);
          if (step.kind !== 'retry' || step.lookUpFirst || step.uncounted) return;
          expect(standing.attempt - standing.uncounted).toBeLessThanOrEqual(any.retries);
        },
      ),
      { numRuns: 1000 },
    );
  });

  test('a retry comes while the message is still of use, and no sooner than backoff and provider ask', () => {
    fc.assert(
      fc.property(
        anyOutcome,
        anyStanding,
        anyPolicy,
        anyRandom,
        (outcome, standing, any, random) => {
          const step = decideNextStep(outcome, standing, any, random);
          if (step.kind !== 'retry') return;
          const { validForMs, attempt, uncounted } = standing;
          if (validForMs !== null) expect(step.delayMs).toBeLessThan(validForMs);
          // A process that died is no trouble of a provider's.
          if ('code' in outcome && outcome.code === 'worker_lost') return;
          expect(step.delayMs).toBeGreaterThanOrEqual(backoffMs(any, attempt - uncounted, random));
          const asked = 'retryAfterMs' in outcome ? (outcome.retryAfterMs ?? 0) : 0;
          expect(step.delayMs).toBeGreaterThanOrEqual(Math.min(asked, 86_400_000));
        },
      ),
      { numRuns: 1000 },
    );
  });

  test('success alone is done, and a refusal for good always moves on', () => {
    fc.assert(
      fc.property(
        anyOutcome,
        anyStanding,
        anyPolicy,
        anyRandom,
        (outcome, standing, any, random) => {
          const step = decideNextStep(outcome, standing, any, random);
          expect(step.kind === 'done').toBe(outcome.kind === 'accepted');
          if (outcome.kind.startsWith('permanent')) expect(step.kind).toBe('next_rung');
        },
      ),
    );
  });

  test('a look-up follows only a lost answer, and only where the channel asks for it', () => {
    fc.assert(
      fc.property(
        anyOutcome,
        anyStanding,
        anyPolicy,
        anyRandom,
        (outcome, standing, any, random) => {
          const step = decideNextStep(outcome, standing, any, random);
          if (step.kind !== 'retry' || !step.lookUpFirst) return;
          expect([outcome.kind, any.unknown]).toEqual(['unknown', 'look_up']);
          // A process that died was found by its lease, which is as long.
          if ('code' in outcome && outcome.code === 'worker_lost') return;
          expect(step.delayMs).toBeGreaterThanOrEqual(10_000);
        },
      ),
    );
  });

  test('the same inputs decide alike', () => {
    fc.assert(
      fc.property(
        anyOutcome,
        anyStanding,
        anyPolicy,
        anyRandom,
        (outcome, standing, any, random) => {
          const step = decideNextStep(outcome, standing, any, random);
          expect(decideNextStep(outcome, standing, any, random)).toEqual(step);
        },
      ),
    );
  });
});
