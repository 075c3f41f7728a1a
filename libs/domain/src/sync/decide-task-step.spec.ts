import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decideTaskStep, mostTaskAttempts, type TaskOutcome } from './decide-task-step.js';

const outcome = fc.constantFrom<TaskOutcome>('incomplete', 'failed', 'lost');
const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe('what follows an attempt at a task', () => {
  test('that was applied is nothing', () => {
    expect(decideTaskStep('applied', 1, 0)).toEqual({ kind: 'done' });
    expect(decideTaskStep('applied', mostTaskAttempts, 0)).toEqual({ kind: 'done' });
  });

  test('is another one up to the last, then the dead letters', () => {
    fc.assert(
      fc.property(outcome, fc.integer({ min: 1, max: 50 }), chance, (kind, attempt, random) => {
        const { kind: step } = decideTaskStep(kind, attempt, random);
        expect(step).toBe(attempt < mostTaskAttempts ? 'retry' : 'give_up');
      }),
    );
  });

  test('comes in whole milliseconds, and a customer has 20 minutes to come', () => {
    fc.assert(
      fc.property(fc.array(chance, { minLength: 4, maxLength: 4 }), (chances) => {
        const waits = chances.map((random, index) => {
          const step = decideTaskStep('incomplete', index + 1, random);
          return step.kind === 'retry' ? step.delayMs : 0;
        });
        for (const wait of waits) expect(Number.isInteger(wait)).toBe(true);
        expect(waits).toEqual(waits.toSorted((a, b) => a - b));
        expect(waits.reduce((sum, wait) => sum + wait, 0)).toBeGreaterThan(20 * 60_000);
      }),
    );
  });

  test('whose process died comes at once', () => {
    expect(decideTaskStep('lost', 1, 0.9)).toEqual({ kind: 'retry', delayMs: 0 });
  });
});
