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
    expect(run.ledger.notificationOf('n0').state).toBe('failed');
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
    expect(run.ledger.notificationOf('n0').state).toBe('sent');
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
    expect(run.ledger.notificationOf('n0').state).toBe('failed');
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
    ['is let lie where the call could outlast the lease', 15_001, 0],
    ['is used while the call cannot', 15_000, 1],
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
    expect(ledger.records).toHaveLength(calls);
  });
});

describe('a message whose process died between claim and record', () => {
  test('is settled as unknown, once, and the dead one can record nothing any more', async () => {
    const { ledger, sender, delivery, add } = aDelivery('email');
    const [id = ''] = add(1);
    const [claimed] = await ledger.claim([id], 25_000);
    ledger.nowMs = 25_001;
    expect(await delivery.settleLost(10)).toBe(1);
    expect(await delivery.settleLost(10)).toBe(0);
    expect(ledger.records[0]).toMatchObject({
      outcome: { kind: 'unknown', code: 'worker_lost' },
      step: { kind: 'retry', lookUpFirst: false },
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
});
