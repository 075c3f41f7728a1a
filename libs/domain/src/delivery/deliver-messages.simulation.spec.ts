import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { policies, SimulatedWorld } from '../testing/simulated-world.js';
import { Tape } from '../testing/tape.js';
import type { MessageState, NotificationState } from './climb-ladder.js';

const anyTape = fc.uint32Array({ maxLength: 1000, size: 'max' });

/** What went wrong once. */
const found: readonly (readonly number[])[] = [
  // A push was delivered, and to be read; the mail that followed came back after WhatsApp had been
  // withdrawn, and WhatsApp was next.
  [
    0, 0, 2130314867, 11, 3892314106, 9, 0, 1078240844, 0, 0, 0, 20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 1360974857, 4261412859, 1100371689, 0, 0, 0, 1130225466, 0, 0, 13, 2218190859, 0, 0,
    99026689, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 11, 2534633447, 0, 3430813540, 1766825040, 0, 367659746,
    2684354543,
  ],
  // All that waited for an account was what two processes had died with: nothing to ask it with.
  [
    2610956475, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 50422649, 2786077923, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    1979655999, 1537096767, 0, 0, 0, 0, 3657512635, 196210001, 0, 755563044, 0, 0, 0, 0, 0, 0, 0,
    2422940732, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4249166699, 0, 0, 2744497099, 152659707, 0, 0, 0, 0,
    0, 0, 0, 0, 2807171936, 3110537869,
  ],
];

describe('a million steps, with any outcome, receipt, stop, delay, death and pause of a process', () => {
  test('end every notification once and for good, and let nothing leave that must not', async () => {
    let steps = 0;
    await fc.assert(
      fc.asyncProperty(anyTape, async (numbers) => {
        const world = new SimulatedWorld(new Tape(numbers));
        await world.run();
        steps += world.steps;
        const wrong = [...world.wrong, ...wrongEndings(world), ...wrongAttempts(world)];
        // An expect() for each attempt took four fifths of the whole time.
        if (wrong.length > 0) expect(wrong).toEqual([]);
      }),
      {
        numRuns: 14_500,
        interruptAfterTimeLimit: 880_000,
        examples: found.map((numbers) => [Uint32Array.from(numbers)]),
      },
    );
    expect(steps).toBeGreaterThan(1_000_000);
  }, 900_000);
});

/** As the database's triggers have it. */
const mayFollow: Readonly<Record<NotificationState, readonly NotificationState[]>> = {
  in_progress: ['sent', 'delivered', 'read', 'failed', 'expired', 'canceled', 'superseded'],
  sent: ['delivered', 'read', 'in_progress', 'failed'],
  delivered: ['read'],
  read: [],
  failed: [],
  expired: [],
  canceled: [],
  superseded: [],
};
const open: readonly (MessageState | NotificationState)[] = ['queued', 'sending', 'in_progress'];
const arrived: readonly MessageState[] = ['sent', 'delivered', 'read'];

function wrongEndings({ ledger, bounced }: SimulatedWorld): string[] {
  return [...ledger.ladders.notifications.values()].flatMap(({ id, state, endings }) => {
    const messages = ledger.ladders.messagesOf(id);
    const left = messages.filter((message) => open.includes(message.state));
    const path: NotificationState[] = ['in_progress', ...endings];
    const leaps = path.flatMap((to, place) => {
      const from = path[place - 1];
      return from && !mayFollow[from].includes(to) ? [`${id} went from ${from} to ${to}`] : [];
    });
    // A ladder that ended after a bounce stays as it ended, though the bounce may prove wrong.
    const isLost = state === 'failed' || state === 'expired';
    const counted = messages.filter((message) => !isLost || !bounced.has(message.id));
    const cameThrough = counted.some((message) => arrived.includes(message.state));
    const isToldSo = arrived.includes(state as MessageState);
    // What was under way when it was stopped may still have arrived.
    const isStopped = state === 'canceled' || state === 'superseded';
    return [
      ...leaps,
      ...(open.includes(state) ? [`${id} has not ended`] : []),
      ...left.map((message) => `${message.id} is left ${message.state}`),
      ...(cameThrough === isToldSo || isStopped ? [] : [`${id} is ${state}, by ${tell(messages)}`]),
    ];
  });
}

function wrongAttempts({ ledger, providers }: SimulatedWorld): string[] {
  const last = new Map<string, number>();
  const gaps = ledger.records.flatMap(({ message: { id, attempt } }) => {
    const before = last.get(id) ?? 0;
    last.set(id, attempt);
    return attempt === before + 1 ? [] : [`${id} has attempt ${attempt} after ${before}`];
  });
  const often = [...providers.asked].filter(([id, count]) => {
    const { uncounted } = ledger.ladders.messageOf(id);
    return count > policies.email.retries + 1 + uncounted;
  });
  const doubled = [...providers.arrivals].filter(
    ([id, count]) => count > 1 && ledger.ladders.messageOf(id).address.channel === 'whatsapp',
  );
  return [
    ...gaps,
    ...often.map(([id, count]) => `${id} left ${count} times`),
    ...doubled.map(([id, count]) => `${id} arrived ${count} times, though it could be looked up`),
  ];
}

function tell(messages: readonly { id: string; state: MessageState }[]): string {
  return messages.map(({ id, state }) => `${id} ${state}`).join(', ');
}
