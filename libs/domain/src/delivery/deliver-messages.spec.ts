import { describe, expect, test } from '@jest/globals';
import { TemplateFault } from '../ports/template-engine.js';
import { aDelivery } from '../testing/delivery-rig.js';
import { accepted } from '../testing/scripted-sender.js';

describe('due messages are delivered', () => {
  test('rendered, to their address, and recorded once each', async () => {
    const { ledger, sender, add, deliverDue } = aDelivery('email');
    add(20);
    await deliverDue();
    expect(sender.sent).toHaveLength(20);
    expect(sender.sent[0]).toMatchObject({
      messageId: 'n0/0/0',
      attempt: 1,
      address: { channel: 'email', email: 'carlos@example.com' },
      content: { channel: 'email', subject: 'Carlos Mendoza', text: 'Carlos Mendoza' },
    });
    expect(new Set(ledger.records.map(({ message }) => message.id)).size).toBe(20);
    expect(ledger.records).toHaveLength(20);
  });

  test('only as many at a time as there are slots, claimed no sooner than they can leave', async () => {
    const { ledger, sender, add, deliverDue } = aDelivery('email');
    sender.answer = () => new Promise((resolve) => setImmediate(resolve, accepted));
    add(50);
    await deliverDue();
    expect(sender.sent).toHaveLength(50);
    expect(sender.mostUnderWay).toBe(8);
    expect(Math.max(...ledger.claimSizes)).toBeLessThanOrEqual(8);
  });

  test('no more of them once the slots are closed; what is under way is recorded', async () => {
    const { ledger, sender, delivery, slots, add } = aDelivery('email');
    sender.answer = () => {
      slots.close();
      return new Promise((resolve) => setImmediate(resolve, accepted));
    };
    await delivery.execute('email', add(50), slots);
    expect(ledger.records).toHaveLength(sender.sent.length);
    expect(sender.sent).toHaveLength(8);
    expect(ledger.claimSizes).toEqual([8]);
  });

  test('once, though two wake-ups name the same messages', async () => {
    const { ledger, sender, delivery, slots, add } = aDelivery('email');
    const ids = add(10);
    await Promise.all([
      delivery.execute('email', ids, slots),
      delivery.execute('email', ids, slots),
    ]);
    expect(sender.sent).toHaveLength(10);
    expect(ledger.records).toHaveLength(10);
  });

  test('never on a channel that has no sender', async () => {
    const { delivery, slots } = aDelivery('email');
    await expect(delivery.execute('push', ['x'], slots)).rejects.toThrow('channel push');
  });
});

describe('a failure of ours', () => {
  test('in a claim gives the slots back', async () => {
    const { ledger, sender, slots, add, deliverDue } = aDelivery('email');
    add(4);
    const { claim } = ledger;
    ledger.claim = () => Promise.reject(new Error('no database'));
    await expect(deliverDue()).rejects.toThrow('no database');
    ledger.claim = claim;
    await deliverDue();
    expect(sender.sent).toHaveLength(4);
    expect(await slots.take(8)).toBe(8);
  });

  test('in a later claim is told only when the attempts under way are recorded', async () => {
    const { ledger, sender, slots, add, deliverDue } = aDelivery('email');
    add(12);
    const { claim } = ledger;
    ledger.claim = (ids, leaseMs) =>
      ledger.claimSizes.length > 0
        ? Promise.reject(new Error('no database'))
        : claim.call(ledger, ids, leaseMs);
    let answers = 0;
    // The last of the first eight answers only after the claim that failed.
    sender.answer = () => {
      answers += 1;
      const rounds = answers === 8 ? 5 : 1;
      return waitRounds(rounds).then(() => accepted);
    };
    await expect(deliverDue()).rejects.toThrow('no database');
    expect(ledger.records).toHaveLength(8);
    expect(await slots.take(8)).toBe(8);
  });

  test('in a record is told in the end, and the other messages are delivered', async () => {
    const { ledger, sender, slots, add, deliverDue } = aDelivery('email');
    add(30);
    const { record } = ledger;
    ledger.record = (result) =>
      result.message.id === 'n0/0/0'
        ? Promise.reject(new Error('no database'))
        : record.call(ledger, result);
    await expect(deliverDue()).rejects.toThrow('no database');
    expect(sender.sent).toHaveLength(30);
    expect(ledger.records).toHaveLength(29);
    expect(await slots.take(8)).toBe(8);
  });
});

describe('a template that cannot be rendered', () => {
  test('is a refusal for good', async () => {
    const { ledger, sender, templates, add, deliverDue } = aDelivery('email');
    templates.fails = new TemplateFault('too much work', 'html');
    add(1);
    await deliverDue();
    expect(sender.sent).toHaveLength(0);
    expect(ledger.records[0]?.outcome).toEqual({
      kind: 'permanent_message',
      code: 'template_failed',
      detail: 'too much work',
    });
  });

  test('because it is out of reach is tried again', async () => {
    const { ledger, templates, add, deliverDue } = aDelivery('email');
    templates.fails = new Error('no database');
    add(1);
    await deliverDue();
    const { outcome, step } = ledger.records[0] ?? {};
    expect(outcome).toMatchObject({ kind: 'transient', code: 'template_unavailable' });
    expect(step?.kind).toBe('retry');
  });
});

async function waitRounds(rounds: number): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
}
