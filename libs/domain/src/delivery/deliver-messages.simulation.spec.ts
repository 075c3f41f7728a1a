import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { channels } from '../catalog/channels.js';
import type { Rung } from '../dispatch/plan.js';
import { anAddressOn } from '../testing/builders.js';
import { InMemoryLedger } from '../testing/in-memory-ledger.js';
import { OneTextLibrary } from '../testing/plain-template-engine.js';
import { accepted, ScriptedSender } from '../testing/scripted-sender.js';
import type { AttemptOutcome } from './attempt-outcome.js';
import { DeliverMessages } from './deliver-messages.js';
import { deliveryPolicies } from './delivery-policy.js';
import { Slots } from './slots.js';

const policies = deliveryPolicies({ retries: 3, retryBaseMs: 5000, retryCapMs: 300_000 });
const said = { code: 'some_code', detail: 'what was said' };
const outcomes: AttemptOutcome[] = [
  accepted,
  { kind: 'transient', ...said },
  { kind: 'transient', ...said, retryAfterMs: 90_000 },
  { kind: 'rate_limited', ...said },
  { kind: 'permanent_recipient', ...said },
  { kind: 'permanent_message', ...said },
  { kind: 'misconfigured', ...said },
  { kind: 'unknown', ...said },
];
const answers = [
  { found: 'yes', providerMessageId: null },
  { found: 'no' },
  { found: 'cannot_tell', detail: 'no answer' },
] as const;

/** Notifications that live side by side until each has ended: few, as every look passes over all. */
const notificationsPerWorld = 20;

describe('a hundred thousand attempts, with any outcome, look-up and death of a process', () => {
  test('end every notification once, climb no ladder after success, number every attempt', async () => {
    let attempts = 0;
    const anyWorld = fc.integer();
    await fc.assert(
      fc.asyncProperty(anyWorld, async (seed) => {
        const world = makeWorld(numbersFrom(seed));
        await runToTheEnd(world);
        attempts += world.ledger.records.length;
        // Collected, for an expect() per attempt took four fifths of the whole time.
        expect([...world.wrong, ...wrongEndings(world), ...wrongAttempts(world)]).toEqual([]);
      }),
      { numRuns: 800 },
    );
    expect(attempts).toBeGreaterThan(100_000);
  }, 120_000);
});

type World = ReturnType<typeof makeWorld>;

function makeWorld(random: () => number) {
  const ledger = new InMemoryLedger();
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
  const sends = new Map<string, number>();
  const wrong: string[] = [];
  const senders = channels.map((channel) => {
    const sender = new ScriptedSender(channel);
    sender.answer = ({ messageId, notificationId }) => {
      const { validUntilMs, state } = ledger.notificationOf(notificationId);
      if (validUntilMs <= ledger.nowMs) wrong.push(`${messageId} left after its use`);
      if (state === 'failed') wrong.push(`${messageId} left after the end`);
      sends.set(messageId, (sends.get(messageId) ?? 0) + 1);
      if (random() < 0.05) throw new Error('the process died');
      return random() < 0.6 ? (outcomes[1] as AttemptOutcome) : pick(outcomes);
    };
    sender.find = () => pick(answers);
    return [channel, sender] as const;
  });
  const delivery = new DeliverMessages(
    ledger,
    new Map(senders),
    new OneTextLibrary({}),
    policies,
    'https://app.example.com',
    { monotonicMs: () => ledger.nowMs, random },
  );
  for (let index = 0; index < notificationsPerWorld; index += 1) {
    const order = channels.toSorted(() => random() - 0.5).slice(0, 1 + Math.floor(random() * 3));
    const ladder: Rung[] = order.map((channel) => ({
      channel,
      templateVersionId: `${channel}-v1`,
      addresses: Array.from({ length: channel === 'push' ? pick([1, 2, 3]) : 1 }, (_, device) =>
        anAddressOn(channel, device),
      ),
    }));
    const validForMs = random() < 0.3 ? random() * 120_000 : Number.POSITIVE_INFINITY;
    ledger.add(`n${index}`, ladder, validForMs);
  }
  return { ledger, delivery, sends, wrong, slots: new Slots(16) };
}

async function runToTheEnd({ ledger, delivery, slots, wrong }: World): Promise<void> {
  for (;;) {
    for (const channel of channels) {
      const died = ({ message }: Error) => {
        if (message !== 'the process died') wrong.push(message);
      };
      await delivery.execute(channel, ledger.dueOn(channel), slots).catch(died);
    }
    ledger.expire();
    await delivery.settleLost(1000);
    const next = nextMoment(ledger);
    if (next === undefined) return;
    ledger.nowMs = Math.max(ledger.nowMs, next);
  }
}

function nextMoment({ messages }: InMemoryLedger): number | undefined {
  const moments = [...messages.values()].flatMap(({ state, dueAtMs, leaseUntilMs }) =>
    state === 'queued' ? [dueAtMs] : state === 'sending' ? [leaseUntilMs + 1] : [],
  );
  return moments.length > 0 ? Math.min(...moments) : undefined;
}

function wrongEndings({ ledger }: World): string[] {
  return [...ledger.notifications.values()].flatMap(({ id, ladder, endings }) => {
    const messages = [...ledger.messages.values()].filter((kept) => kept.notificationId === id);
    const arrived = messages.filter(({ state }) => state === 'sent');
    const highest = Math.max(...messages.map(({ rung }) => rung));
    const isRight =
      endings.length === 1 &&
      arrived.length > 0 === (endings[0] === 'sent') &&
      arrived.every(({ rung }) => rung === highest) &&
      (endings[0] !== 'failed' || highest === ladder.length - 1);
    return isRight ? [] : [`${id} ended as ${endings} on rung ${highest} of ${ladder.length}`];
  });
}

function wrongAttempts({ ledger, sends }: World): string[] {
  const numbers = new Map<string, number[]>();
  for (const { message } of ledger.records) {
    numbers.set(message.id, [...(numbers.get(message.id) ?? []), message.attempt]);
  }
  const gaps = [...numbers].filter(([, taken]) => taken.some((number, at) => number !== at + 1));
  const often = [...sends].filter(([, count]) => count > policies.email.retries + 1);
  return [
    ...gaps.map(([id, taken]) => `${id} has attempts ${taken}`),
    ...often.map(([id, count]) => `${id} left ${count} times`),
  ];
}

/** A reproducible source of numbers from 0 to 1 (mulberry32). */
function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
