import type { Channel } from '../catalog/channels.js';
import { DeliverMessages } from '../delivery/deliver-messages.js';
import { deliveryPolicies } from '../delivery/delivery-policy.js';
import { Slots } from '../delivery/slots.js';
import { anAddressOn } from './builders.js';
import { InMemoryLedger } from './in-memory-ledger.js';
import { OneTextLibrary } from './plain-template-engine.js';
import { FixedChance, ScriptedSender } from './scripted-sender.js';

/**
 * Delivery with its ports in memory: 8 slots, 3 retries from 5 s.
 *
 * @param channels the ladder of every notification; the sender is that of its first rung
 */
export function aDelivery(...channels: Channel[]) {
  const ledger = new InMemoryLedger();
  const sender = new ScriptedSender(channels[0]);
  const templates = new OneTextLibrary({ subject: '{{Nombre}}', html: '', text: '{{Nombre}}' });
  const chance = new FixedChance();
  const policies = deliveryPolicies({ retries: 3, retryBaseMs: 5000, retryCapMs: 300_000 });
  const house = 'https://app.example.com';
  const senders = new Map([[sender.channel, sender]]);
  const delivery = new DeliverMessages(ledger, senders, templates, policies, house, chance);
  const slots = new Slots(8);
  const ladder = channels.map((channel) => ({
    channel,
    templateVersionId: `${channel}-v1`,
    addresses: [anAddressOn(channel)],
  }));
  const add = (count: number) =>
    Array.from({ length: count }, (_, index) => ledger.add(`n${index}`, ladder)).flat();
  const deliverDue = () => delivery.execute(sender.channel, ledger.dueOn(sender.channel), slots);
  return { ledger, sender, templates, chance, delivery, slots, add, deliverDue };
}

/** Delivers again and again, each time when the next message is due, until none is. */
export async function deliverToTheEnd({
  ledger,
  deliverDue,
}: ReturnType<typeof aDelivery>): Promise<void> {
  for (;;) {
    await deliverDue();
    const queued = [...ledger.messages.values()].filter(({ state }) => state === 'queued');
    if (queued.length === 0) return;
    ledger.nowMs = Math.min(...queued.map(({ dueAtMs }) => dueAtMs));
  }
}
