import { describe, expect, test } from '@jest/globals';
import type { DispatchCommand } from '../dispatch/dispatch-command.js';
import type { DispatchFacts } from '../dispatch/plan-dispatch.js';
import { aCommand, aCustomer, aHouse, aRecipient, someFacts } from '../testing/builders.js';
import { decideReplay, planReplay } from './decide-replay.js';

const stillWanted = { canceled: false, superseded: false };
const customer = aCustomer().recipient;

function decide(
  command: Partial<DispatchCommand> = {},
  facts: Partial<DispatchFacts> = {},
  since = stillWanted,
  recipient: { kind: 'customer' | 'staff'; id: string } = { kind: 'customer', id: customer.id },
) {
  const plan = planReplay(aCommand(command), someFacts(facts), aHouse, recipient);
  return decideReplay(since, plan);
}

const withPreferences = (consentWithdrawn: boolean, enabled: boolean) => {
  const preference = { enabled, priority: null, consentWithdrawn };
  const preferences = { email: preference, whatsapp: preference, push: preference };
  return { customer: { ...aCustomer(), recipient: { ...customer, preferences } } };
};

describe('a replay', () => {
  test('is planned by what holds today', () => {
    const addresses = [{ channel: 'email' as const, email: 'new@example.com' }];
    const decision = decide(
      {},
      { customer: { ...aCustomer(), recipient: { ...customer, addresses } } },
    );
    if (decision.kind !== 'replay') throw new Error(decision.reason);
    expect(decision.plan.notifications.map(({ ladder }) => ladder)).toEqual([
      [expect.objectContaining({ channel: 'email', addresses })],
    ]);
  });

  test('is for its one recipient alone', () => {
    const staff = ['staff-1', 'staff-2'].map((id) => aRecipient({ kind: 'staff', id }));
    const one = { kind: 'staff' as const, id: 'staff-2' };
    const decision = decide({ target: 'staff' }, { staff }, stillWanted, one);
    if (decision.kind !== 'replay') throw new Error(decision.reason);
    expect(decision.plan.notifications.map(({ recipient }) => recipient.id)).toEqual(['staff-2']);
  });

  test.each([
    ['is past its use', 'expired', { validUntil: new Date('2026-01-20T14:29:59Z') }, {}],
    ['names a customer who is gone', 'recipient_gone', {}, { customer: null }],
    ['goes to one who withdrew the consent', 'consent_withdrawn', {}, withPreferences(true, true)],
    ['goes to one who opted out', 'no_reachable_channel', {}, withPreferences(false, false)],
    ['names a vehicle that is another’s now', 'unknown_vehicle', {}, { vehicle: null }],
    [
      'goes to one who left',
      'recipient_gone',
      { target: 'staff' as const },
      { staff: [aRecipient({ kind: 'staff', id: 'somebody-else' })] },
    ],
  ])('that %s is refused', (_what, reason, command, facts) => {
    expect(decide(command, facts)).toEqual({ kind: 'refused', reason });
  });

  test('of what was canceled or superseded is refused, whatever else holds', () => {
    const old = { validUntil: new Date('2020-01-01T00:00:00Z') };
    const canceled = { canceled: true, superseded: true };
    expect(decide(old, {}, canceled)).toEqual({ kind: 'refused', reason: 'canceled' });
    const superseded = { canceled: false, superseded: true };
    expect(decide({}, {}, superseded)).toEqual({ kind: 'refused', reason: 'superseded' });
  });
});
