import type { MessageState } from '../delivery/climb-ladder.js';

/** Messages of one state, added up. */
export interface StateCount {
  state: MessageState;
  messages: number;
  /** Those of them that a provider took, at whatever time. */
  timed: number;
  /** From the making of each timed one, or the time it was scheduled for, until then; in sum. */
  deliveryMs: number;
}

/** What became of a set of messages. All but `delivered` are parts of `total`. */
export interface DeliveryFigures {
  total: number;
  pending: number;
  /** Taken by the provider. */
  sent: number;
  /** Of those sent, the ones that a receipt says arrived or were read. */
  delivered: number;
  /** Refused for good, out of attempts, or come back. */
  failed: number;
  /** Past their use before a provider took them. */
  expired: number;
  /** Called off: nobody wanted them sent any more. */
  stopped: number;
  /** Sent ones among all that were to be sent and are over; null where there are none. */
  deliveryRatePercent: number | null;
  /** Of the sent ones, in seconds; null where there are none. */
  averageDeliverySeconds: number | null;
}

export const messageStates = [
  'queued',
  'sending',
  'sent',
  'delivered',
  'read',
  'failed',
  'bounced',
  'expired',
  'canceled',
  'superseded',
] as const satisfies readonly MessageState[];

type Fate = 'pending' | 'sent' | 'failed' | 'expired' | 'stopped';

const fates: Readonly<Record<MessageState, Fate>> = {
  queued: 'pending',
  sending: 'pending',
  sent: 'sent',
  delivered: 'sent',
  read: 'sent',
  failed: 'failed',
  bounced: 'failed',
  expired: 'expired',
  canceled: 'stopped',
  superseded: 'stopped',
};

const confirmed: readonly MessageState[] = ['delivered', 'read'];

/**
 * Adds up what became of messages. The rate is that of the providers' taking, because mail and push
 * tell nothing of what comes after; a message that was called off counts neither way.
 */
export function deliveryFigures(counts: Iterable<StateCount>): DeliveryFigures {
  const sums = { pending: 0, sent: 0, failed: 0, expired: 0, stopped: 0 };
  let delivered = 0;
  let timed = 0;
  let deliveryMs = 0;
  for (const count of counts) {
    const fate = fates[count.state];
    sums[fate] += count.messages;
    if (confirmed.includes(count.state)) delivered += count.messages;
    if (fate === 'sent') {
      timed += count.timed;
      deliveryMs += count.deliveryMs;
    }
  }
  const { pending, sent, failed, expired, stopped } = sums;
  return {
    total: pending + sent + failed + expired + stopped,
    ...sums,
    delivered,
    deliveryRatePercent: percent(sent, sent + failed + expired),
    averageDeliverySeconds: timed === 0 ? null : Math.round(deliveryMs / timed) / 1000,
  };
}

/** With two decimals; null of nothing. */
function percent(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.round((part / whole) * 10_000) / 100;
}
