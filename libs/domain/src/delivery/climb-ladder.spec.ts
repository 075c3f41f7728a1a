import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { climbLadder, type MessageState } from './climb-ladder.js';

const failed: MessageState[] = ['failed', 'bounced', 'expired'];
const notFailed: MessageState[] = ['queued', 'sending', 'sent', 'delivered', 'read'];
const anyState = fc.constantFrom(...failed, ...notFailed);
const anyRung = fc
  .record({ rung: fc.nat(5), above: fc.nat(5) })
  .map(({ rung, above }) => ({ rung, rungs: rung + 1 + above }));

describe('the next rung of a ladder', () => {
  test.each(notFailed)('does not start while another message of the rung is %s', (state) => {
    expect(climbLadder(0, 3, ['failed', state])).toEqual({ kind: 'stay' });
  });

  test.each(failed)('starts when the rung’s only message is %s', (state) => {
    expect(climbLadder(0, 3, [state])).toEqual({ kind: 'start_rung', rung: 1 });
  });

  test('is none after the last: the notification is given up', () => {
    expect(climbLadder(2, 3, ['failed', 'bounced'])).toEqual({ kind: 'give_up' });
  });

  test('starts or is given up exactly when all messages of the rung failed, whatever they are', () => {
    fc.assert(
      fc.property(anyRung, fc.array(anyState, { minLength: 1 }), ({ rung, rungs }, siblings) => {
        const step = climbLadder(rung, rungs, siblings);
        const isOver = siblings.every((state) => failed.includes(state));
        expect(step.kind !== 'stay').toBe(isOver);
        if (step.kind === 'start_rung') expect(step.rung).toBe(rung + 1);
        if (isOver) expect(step.kind === 'give_up').toBe(rung + 1 === rungs);
      }),
    );
  });

  test('a ladder whose every rung fails ends after as many steps as it has rungs', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), (rungs) => {
        let rung = 0;
        let steps = 1;
        for (
          let step = climbLadder(rung, rungs, ['failed']);
          step.kind === 'start_rung';
          step = climbLadder(rung, rungs, ['failed'])
        ) {
          rung = step.rung;
          steps += 1;
        }
        expect(steps).toBe(rungs);
      }),
    );
  });
});
