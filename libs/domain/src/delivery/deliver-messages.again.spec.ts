import { describe, expect, test } from '@jest/globals';
import { aDelivery, deliverToTheEnd } from '../testing/delivery-rig.js';
import { accepted } from '../testing/scripted-sender.js';
import type { AttemptOutcome } from './attempt-outcome.js';

const transient: AttemptOutcome = { kind: 'transient', code: 'busy', detail: 'later' };
const lost: AttemptOutcome = { kind: 'unknown', code: 'timeout', detail: 'no answer' };

describe('retries', () => {
  test('are three, each later, and then it is given up', async () => {
    const run = aDelivery('email');
    run.sender.answer = () => transient;
    run.add(1);
    await deliverToTheEnd(run);
    const delays = run.ledger.records.map(({ step }) => step.kind === 'retry' && step.delayMs);
    expect(delays).toEqual([2500, 5000, 10_000, false]);
    expect(run.ledger.ladders.notificationOf('n0').state).toBe('failed');
  });
});

describe('an answer that was lost', () => {
  test('is looked up first, from when its attempt began, and not sent again if found', async () => {
    const run = aDelivery('whatsapp');
    run.ledger.nowMs = 7000;
    run.sender.answer = () => lost;
    run.sender.find = () => ({ found: 'yes', providerMessageId: 'wa-1' });
    run.add(1);
    await deliverToTheEnd(run);
    expect(run.sender.sent).toHaveLength(1);
    expect(run.sender.lookedUp).toEqual([{ messageId: 'n0/0/0', since: new Date(7000) }]);
    expect(run.ledger.records[1]?.outcome).toEqual({
      kind: 'accepted',
      providerMessageId: 'wa-1',
      detail: 'found at the provider',
    });
    expect(run.ledger.ladders.notificationOf('n0').state).toBe('sent');
  });

  test('is sent again where the provider does not have it', async () => {
    const run = aDelivery('whatsapp');
    run.sender.answer = ({ attempt }) => (attempt === 1 ? lost : accepted);
    run.add(1);
    await deliverToTheEnd(run);
    expect(run.sender.sent.map(({ attempt }) => attempt)).toEqual([1, 2]);
    expect(run.sender.lookedUp).toHaveLength(1);
  });

  test('moves on where nobody can tell', async () => {
    const run = aDelivery('whatsapp', 'email');
    run.sender.answer = () => lost;
    run.sender.find = () => ({ found: 'cannot_tell', detail: 'keeps no messages' });
    run.add(1);
    await run.deliverDue();
    run.ledger.nowMs = 10_000;
    await run.deliverDue();
    expect(run.ledger.records[1]?.step).toEqual({
      kind: 'next_rung',
      because: 'cannot_be_confirmed',
    });
    expect(run.ledger.dueOn('email')).toEqual(['n0/1/0']);
  });

  test('again and again leaves at most four times, and the last is looked up without sending', async () => {
    const run = aDelivery('whatsapp');
    run.sender.answer = () => lost;
    run.add(1);
    await deliverToTheEnd(run);
    expect(run.sender.sent.map(({ attempt }) => attempt)).toEqual([1, 2, 3, 4]);
    expect(run.sender.lookedUp).toHaveLength(4);
    expect(run.ledger.records.at(-1)).toMatchObject({
      outcome: { kind: 'transient', code: 'not_arrived' },
      step: { kind: 'next_rung', because: 'retries_used_up' },
    });
    expect(run.ledger.ladders.notificationOf('n0').state).toBe('failed');
  });

  test('on a channel where a repeat does no harm is sent again without asking', async () => {
    const run = aDelivery('email');
    run.sender.answer = ({ attempt }) => (attempt === 1 ? lost : accepted);
    run.add(1);
    await deliverToTheEnd(run);
    expect(run.sender.sent).toHaveLength(2);
    expect(run.sender.lookedUp).toHaveLength(0);
  });
});

describe('a claim that grew old before the call', () => {
  test.each([
    ['is let lie where another may have the message by now', 8001, 0],
    ['is used while nobody can', 8000, 1],
  ])('%s', async (_, frozenMs, calls) => {
    const { ledger, sender, chance, add, deliverDue } = aDelivery('email');
    add(1);
    const { claim } = ledger;
    ledger.claim = (ids, leaseMs) => {
      chance.nowMs += frozenMs;
      return claim.call(ledger, ids, leaseMs);
    };
    await deliverDue();
    expect(sender.sent).toHaveLength(calls);
    expect(ledger.records[0]?.outcome.kind).toBe(calls === 1 ? 'accepted' : 'transient');
  });

  test('is let lie after a look-up that the process slept through, too', async () => {
    const run = aDelivery('whatsapp');
    run.sender.answer = () => lost;
    run.add(1);
    await run.deliverDue();
    run.ledger.nowMs = 10_000;
    run.sender.find = () => {
      run.chance.nowMs += 9000;
      return { found: 'no' };
    };
    await run.deliverDue();
    expect(run.sender.sent).toHaveLength(1);
    expect(run.ledger.records[1]?.outcome).toMatchObject({ code: 'stood_still' });
  });
});

describe('a call that outlasts its lease', () => {
  /** A call under way, its time in the test's hand. */
  const aLongCall = async () => {
    const run = aDelivery('email');
    let answer: (outcome: AttemptOutcome) => void = () => undefined;
    run.sender.answer = () =>
      new Promise((resolve) => {
        answer = resolve;
      });
    run.add(1);
    const delivered = run.deliverDue();
    while (run.sender.sent.length === 0) await new Promise((resolve) => setImmediate(resolve));
    const pass = (ms: number) => {
      run.ledger.nowMs += ms;
      run.chance.nowMs += ms;
    };
    const end = () => {
      answer(accepted);
      return delivered;
    };
    return { ...run, pass, end };
  };

  test('keeps its message while its process renews the claim', async () => {
    const { ledger, delivery, pass, end } = await aLongCall();
    for (let passed = 0; passed < 100_000; passed += 3000) {
      pass(3000);
      await delivery.renewLeases();
      expect(await delivery.settleLost(10)).toBe(0);
    }
    await end();
    expect(ledger.ladders.notificationOf('n0').state).toBe('sent');
    expect(ledger.records).toHaveLength(1);
  });

  test('loses it when its process stands still, and records nothing when it comes back', async () => {
    const { ledger, delivery, pass, end } = await aLongCall();
    pass(10_001);
    expect(await delivery.settleLost(10)).toBe(1);
    await delivery.renewLeases();
    await end();
    expect(ledger.records.map(({ outcome }) => outcome)).toMatchObject([{ code: 'worker_lost' }]);
    expect(ledger.ladders.messageOf('n0/0/0').state).toBe('queued');
  });

  test('is renewed for the first time after three seconds, and never once it has ended', async () => {
    const { ledger, delivery, pass, end } = await aLongCall();
    const renewed: number[] = [];
    const { renew } = ledger;
    ledger.renew = (messages, leaseMs) => {
      renewed.push(ledger.nowMs);
      return renew.call(ledger, messages, leaseMs);
    };
    for (const ms of [1000, 1999, 1, 2999, 1]) {
      pass(ms);
      await delivery.renewLeases();
    }
    await end();
    pass(60_000);
    await delivery.renewLeases();
    expect(renewed).toEqual([3000, 6000]);
  });
});

describe('a message whose process died between claim and record', () => {
  test('is settled as unknown, once, and the dead one can record nothing any more', async () => {
    const { ledger, sender, delivery, add } = aDelivery('email');
    const [id = ''] = add(1);
    const [claimed] = await ledger.claim([id], 10_000);
    ledger.nowMs = 10_001;
    expect(await delivery.settleLost(10)).toBe(1);
    expect(await delivery.settleLost(10)).toBe(0);
    expect(ledger.records[0]).toMatchObject({
      outcome: { kind: 'unknown', code: 'worker_lost' },
      step: { kind: 'retry', delayMs: 0, lookUpFirst: false },
    });
    if (!claimed) throw new Error('was not claimed');
    await ledger.record({
      message: claimed,
      outcome: accepted,
      step: { kind: 'done' },
      durationMs: 1,
    });
    expect(ledger.records).toHaveLength(1);
    expect(sender.sent).toHaveLength(0);
  });

  /** A process takes messages, and dies; gives back how many were settled after it. */
  const die = async (
    { ledger, delivery }: ReturnType<typeof aDelivery>,
    claim: () => Promise<unknown>,
  ) => {
    await claim();
    ledger.nowMs += 10_001;
    return delivery.settleLost(100);
  };

  test('three times in a row moves on, and no fourth process dies of it', async () => {
    const run = aDelivery('email', 'push');
    const [id = ''] = run.add(1);
    const { ledger } = run;
    for (const claim of [
      () => ledger.claim([id], 10_000),
      () => ledger.claim([id], 10_000),
      () => ledger.claimSuspect(10_000),
    ]) {
      expect(await die(run, claim)).toBe(1);
    }
    expect(ledger.records.at(-1)).toMatchObject({
      outcome: { kind: 'unknown', code: 'poison' },
      step: { kind: 'next_rung', because: 'poison' },
    });
    expect(ledger.ladders.messageOf(id).state).toBe('failed');
    expect(ledger.dueOn('push')).toEqual(['n0/1/0']);
  });

  test('twice is tried alone, so that those that died beside it are not blamed', async () => {
    const run = aDelivery('email');
    const ids = run.add(30);
    for (let death = 1; death <= 2; death += 1) {
      expect(await die(run, () => run.ledger.claim(ids, 10_000))).toBe(30);
    }
    await run.deliverDue();
    expect(run.sender.sent).toEqual([]);
    for (let tried = 1; tried <= 30; tried += 1) {
      expect(await run.delivery.trySuspect()).toBe(true);
      expect(run.sender.sent).toHaveLength(tried);
    }
    expect(await run.delivery.trySuspect()).toBe(false);
    expect([...run.ledger.messages.values()].every(({ state }) => state === 'sent')).toBe(true);
  });

  test('is innocent again after an attempt that was recorded', async () => {
    const run = aDelivery('email');
    const [id = ''] = run.add(1);
    for (let death = 1; death <= 2; death += 1) {
      await die(run, () => run.ledger.claim([id], 10_000));
    }
    run.sender.answer = () => transient;
    await run.delivery.trySuspect();
    expect(run.ledger.ladders.messageOf(id).losses).toBe(0);
  });
});
