import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { anyPolicy, anyRandom } from '../testing/arbitraries.js';
import { backoffMs, deliveryPolicies, maySend } from './delivery-policy.js';

const settings = { retries: 3, retryBaseMs: 5000, retryCapMs: 300_000 };
const { email: policy } = deliveryPolicies(settings);

describe('the wait before a retry', () => {
  test.each([
    [1, 5000],
    [2, 10_000],
    [3, 20_000],
    [6, 160_000],
    [7, 300_000],
    [500, 300_000],
  ])('after attempt %i is at most %i ms', (attempt, longestMs) => {
    expect(backoffMs(policy, attempt, 0.999_999_9)).toBe(longestMs);
    expect(backoffMs(policy, attempt, 0)).toBe(0);
    expect(backoffMs(policy, attempt, 0.5)).toBe(longestMs / 2);
  });

  test('is a whole number of milliseconds from 0 to the cap, for any policy and chance', () => {
    fc.assert(
      fc.property(
        anyPolicy,
        fc.integer({ min: 1, max: 10_000 }),
        anyRandom,
        (any, attempt, random) => {
          const waitMs = backoffMs(any, attempt, random);
          expect(Number.isSafeInteger(waitMs)).toBe(true);
          expect(waitMs).toBeGreaterThanOrEqual(0);
          expect(waitMs).toBeLessThanOrEqual(any.retryCapMs);
        },
      ),
    );
  });

  test('grows with the attempt, for one and the same chance', () => {
    fc.assert(
      fc.property(
        anyPolicy,
        fc.integer({ min: 1, max: 100 }),
        anyRandom,
        (any, attempt, random) => {
          const nextMs = backoffMs(any, attempt + 1, random);
          expect(nextMs).toBeGreaterThanOrEqual(backoffMs(any, attempt, random));
        },
      ),
    );
  });
});

describe('what each channel does about a lost answer', () => {
  test('only WhatsApp has to look the message up: the others make a repeat harmless', () => {
    expect(deliveryPolicies(settings)).toEqual({
      email: { ...settings, unknown: 'resend' },
      whatsapp: { ...settings, unknown: 'look_up' },
      push: { ...settings, unknown: 'resend' },
    });
  });
});

describe('how often a message may leave', () => {
  test('once and as many times more as there are retries', () => {
    const attempts = [1, 2, 3, 4, 5, 6].filter((attempt) => maySend(policy, attempt));
    expect(attempts).toEqual([1, 2, 3, 4]);
  });
});
