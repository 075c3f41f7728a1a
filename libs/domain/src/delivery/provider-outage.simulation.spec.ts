import { describe, expect, test } from '@jest/globals';
import { anAddressOn } from '../testing/builders.js';
import { InMemoryAccounts } from '../testing/in-memory-accounts.js';
import { InMemoryLedger } from '../testing/in-memory-ledger.js';
import { OneTextLibrary } from '../testing/plain-template-engine.js';
import { accepted, ScriptedSender } from '../testing/scripted-sender.js';
import type { AttemptOutcome } from './attempt-outcome.js';
import { closedBreaker } from './breaker.js';
import { DeliverMessages } from './deliver-messages.js';
import { deliveryPolicies } from './delivery-policy.js';
import { unpaced } from './pace.js';
import { Slots } from './slots.js';

const hourMs = 3_600_000;
const refused: AttemptOutcome = { kind: 'transient', code: 'unreachable', detail: 'refused' };

/** Delivery with accounts, in front of mail and push servers whose time is the ledger's. */
function aWorld(isUp: (nowMs: number) => boolean) {
  const accounts = new InMemoryAccounts();
  const ledger = new InMemoryLedger(accounts);
  const calls: { ms: number; ok: boolean }[] = [];
  const email = new ScriptedSender('email');
  const push = new ScriptedSender('push');
  email.answer = () => {
    const ok = isUp(ledger.nowMs);
    calls.push({ ms: ledger.nowMs, ok });
    return ok ? accepted : refused;
  };
  const senders = new Map([email, push].map((sender) => [sender.channel, sender]));
  const policies = deliveryPolicies({ retries: 3, retryBaseMs: 5000, retryCapMs: 300_000 });
  const chance = { monotonicMs: () => ledger.nowMs, random: () => 0.5 };
  const texts = new OneTextLibrary({});
  const house = 'https://app.example.com';
  const delivery = new DeliverMessages(ledger, senders, texts, policies, house, chance);
  const slots = { email: new Slots(128), push: new Slots(128) };
  const add = (id: string, channel: 'email' | 'push') =>
    ledger.add(id, [
      { channel, templateVersionId: `${channel}-v1`, addresses: [anAddressOn(channel)] },
    ]);
  /** What the worker's sweeps and queues do within a moment. */
  const turn = async () => {
    ledger.sweepAccounts();
    await delivery.probeAccounts();
    await delivery.execute('email', ledger.dueOn('email'), slots.email);
    await delivery.execute('push', ledger.dueOn('push'), slots.push);
  };
  const isWaiting = () => {
    for (const { state, address } of ledger.ladders.openMessages()) {
      if (state === 'queued' && address.channel === 'email') return true;
    }
    return false;
  };
  return { accounts, ledger, calls, push, add, turn, isWaiting };
}

describe('a provider that is down for six hours', () => {
  const backMs = 6 * hourMs;

  const spend = async (count: number, perSecond: number) => {
    const world = aWorld((ms) => ms >= backMs);
    const { accounts, ledger, push, add, turn, isWaiting } = world;
    accounts.paces.email = { ...unpaced, perMinute: perSecond * 60 };
    for (let index = 0; index < count; index += 1) add(`n${index}`, 'email');
    for (let pushed = 1; isWaiting() && ledger.nowMs < 10 * hourMs; pushed += 1) {
      add(`p${pushed}`, 'push');
      await turn();
      // Another channel's message never waits.
      expect(push.sent).toHaveLength(pushed);
      // Nothing but a probe can go while it is open.
      const { state, probeAtMs } = accounts.accounts.get('email:house')?.breaker ?? closedBreaker;
      ledger.nowMs = state === 'open' ? probeAtMs : ledger.nowMs + 1000;
    }
    return world;
  };

  test.each([
    [1000, 5],
    [50_000, 50],
  ])(
    'while %i messages wait is asked once in half a minute, and all leave at its pace when it is back',
    async (count, perSecond) => {
      const { calls, ledger } = await spend(count, perSecond);
      const probes = calls.filter(({ ms }) => ms >= 30_000 && ms < backMs).map(({ ms }) => ms);
      expect(probes.length).toBeGreaterThan(600);
      expect(probes.length).toBeLessThanOrEqual(720);
      for (const [place, ms] of probes.slice(1).entries()) {
        expect(ms - (probes[place] ?? 0)).toBeGreaterThanOrEqual(30_000);
      }
      const emails = [...ledger.messages.values()].filter(({ id }) => id.startsWith('n'));
      expect(emails.filter(({ state }) => state !== 'sent')).toEqual([]);
      const tries = emails.map((one) => one.attempts - one.uncounted);
      expect(tries.reduce((most, one) => Math.max(most, one), 0)).toBeLessThanOrEqual(2);
      const sentAt = calls.filter(({ ok }) => ok).map(({ ms }) => ms);
      const rate = count / (((sentAt.at(-1) ?? 0) - (sentAt[0] ?? 0)) / 1000);
      expect(rate).toBeGreaterThanOrEqual(0.95 * perSecond);
      expect(rate).toBeLessThanOrEqual(1.02 * perSecond);
    },
    60_000,
  );
});

describe('a provider that comes and goes every ten seconds for half an hour', () => {
  test('is called at most 1.3 times for each message that it takes', async () => {
    const { ledger, calls, add, turn } = aWorld((ms) => Math.floor(ms / 10_000) % 2 === 0);
    for (let tick = 0; tick < 30 * 60 * 2; tick += 1) {
      if (tick % 2 === 0) add(`n${tick}`, 'email');
      await turn();
      ledger.nowMs += 500;
    }
    const taken = calls.filter(({ ok }) => ok).length;
    expect(taken).toBeGreaterThan(200);
    expect(calls.length / taken).toBeLessThanOrEqual(1.3);
  }, 60_000);
});
