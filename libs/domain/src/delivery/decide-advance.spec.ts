import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  type AdvanceGoal,
  advanceGoals,
  type Climber,
  decideClimb,
  hasArrived,
  hasSucceeded,
  type MessageState,
  type NotificationState,
} from './climb-ladder.js';
import { decideAdvance } from './decide-advance.js';

const rung = (advanceUntil?: AdvanceGoal) => ({ addresses: ['one'], advanceUntil });
const at = (place: number, ...states: MessageState[]): Climber[] =>
  states.map((state) => ({ rung: place, state }));
const states: MessageState[] = [
  ...(['queued', 'sending', 'sent', 'delivered', 'read'] as const),
  ...(['failed', 'bounced', 'expired', 'canceled', 'superseded'] as const),
];
const anyLadder = fc.array(
  fc.record({
    addresses: fc.constantFrom(['one'], ['one'], []),
    advanceUntil: fc.option(fc.constantFrom(...advanceGoals), { nil: undefined }),
  }),
  { minLength: 1, maxLength: 4 },
);
/** A ladder and messages of its rungs up to one of them. */
const anyClimb = anyLadder.chain((ladder) =>
  fc.record({
    ladder: fc.constant(ladder),
    messages: fc.array(
      fc.record({ rung: fc.nat(ladder.length - 1), state: fc.constantFrom(...states) }),
      { minLength: 1, maxLength: 6 },
    ),
  }),
);

describe('a rung whose time is over', () => {
  test.each<[AdvanceGoal, MessageState, string]>([
    ['sent', 'queued', 'start_rung'],
    ['sent', 'sending', 'wait'],
    ['sent', 'sent', 'close'],
    ['delivered', 'queued', 'start_rung'],
    ['delivered', 'sending', 'start_rung'],
    ['delivered', 'sent', 'start_rung'],
    ['delivered', 'delivered', 'close'],
    ['read', 'delivered', 'start_rung'],
    ['read', 'read', 'close'],
  ])('and until %s with a message that is %s: %s', (goal, state, kind) => {
    const step = decideAdvance('in_progress', [rung(goal), rung()], at(0, state), 0);
    expect(step.kind).toBe(kind);
    if (step.kind === 'start_rung') {
      expect(step).toMatchObject({ rung: 1, givesUpQueued: goal === 'sent' });
    }
  });

  test('starts nothing where another device has what was asked for', () => {
    const ladder = [rung('delivered'), rung()];
    expect(decideAdvance('delivered', ladder, at(0, 'sent', 'delivered'), 0).kind).toBe('close');
  });

  test('starts nothing after a later rung, and none that reaches nobody', () => {
    const ladder = [rung('sent'), rung(), { addresses: [] }];
    const later = [...at(0, 'failed'), ...at(1, 'queued')];
    expect(decideAdvance('in_progress', ladder, later, 0).kind).toBe('close');
    expect(decideAdvance('in_progress', ladder, at(1, 'queued'), 1).kind).toBe('close');
  });

  test.each<NotificationState>(['failed', 'expired', 'canceled', 'superseded', 'read'])(
    'starts nothing of a notification that is %s',
    (state) => {
      expect(decideAdvance(state, [rung('read'), rung()], at(0, 'queued'), 0).kind).toBe('close');
    },
  );

  test('starts a rung only where none has succeeded and none is higher, whatever there is', () => {
    fc.assert(
      fc.property(anyClimb, fc.constantFrom('in_progress', 'sent', 'delivered'), (climb, state) => {
        const { ladder, messages } = climb;
        const late = messages[0]?.rung ?? 0;
        const step = decideAdvance(state, ladder, messages, late);
        if (step.kind !== 'start_rung') return;
        expect(hasSucceeded(ladder, messages)).toBe(false);
        expect(Math.max(...messages.map((message) => message.rung))).toBeLessThan(step.rung);
        expect(ladder[step.rung]?.addresses).not.toEqual([]);
      }),
    );
  });
});

describe('a ladder on time, when a message ends without success', () => {
  const ladder = [rung('delivered'), rung(), rung()];

  test('goes on above where it stands, though what arrived below is less than was asked', () => {
    const messages = [...at(0, 'sent'), ...at(1, 'failed')];
    expect(decideClimb(ladder, messages)).toEqual({ kind: 'start_rung', rung: 2 });
  });

  test('starts no rung twice when an earlier one fails late', () => {
    const messages = [...at(0, 'failed'), ...at(1, 'queued')];
    expect(decideClimb(ladder, messages)).toEqual({ kind: 'stay' });
  });

  test('is not given up while something arrived or is on its way below', () => {
    const top = [...at(1, 'failed'), ...at(2, 'failed')];
    expect(decideClimb(ladder, [...at(0, 'sent'), ...top]).kind).toBe('stay');
    expect(decideClimb(ladder, [...at(0, 'queued'), ...top]).kind).toBe('stay');
    expect(decideClimb(ladder, [...at(0, 'bounced'), ...top]).kind).toBe('give_up');
  });

  test('is never given up where anything arrived, and never goes on after success', () => {
    fc.assert(
      fc.property(anyClimb, ({ ladder: any, messages }) => {
        const step = decideClimb(any, messages);
        if (hasArrived(messages)) expect(step.kind).not.toBe('give_up');
        if (hasSucceeded(any, messages)) expect(step.kind).toBe('stay');
        if (step.kind === 'start_rung') {
          expect(Math.max(...messages.map((message) => message.rung))).toBeLessThan(step.rung);
        }
      }),
    );
  });
});
