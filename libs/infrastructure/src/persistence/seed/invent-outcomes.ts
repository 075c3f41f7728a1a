import type { Channel } from '#domain/catalog/channels.js';
import type { AttemptOutcome } from '#domain/delivery/attempt-outcome.js';
import type { SeededRandom } from './seeded-random.js';

/**
 * How a message fares: at once, after one or two failed attempts, refused for good, or never
 * because the provider is down.
 */
export type Fate = 'well' | 'stumbles' | 'refused' | 'down';

const chances: Readonly<Record<Channel, readonly (readonly [Fate, number])[]>> = {
  whatsapp: [
    ['well', 83],
    ['stumbles', 6],
    ['refused', 8],
    ['down', 3],
  ],
  push: [
    ['well', 86],
    ['stumbles', 5],
    ['refused', 9],
  ],
  email: [
    ['well', 92],
    ['stumbles', 4],
    ['refused', 3],
    ['down', 1],
  ],
};

/** What each provider says, in the codes of its adapter. */
const refusals: Readonly<Record<Channel, { code: string; detail: string }>> = {
  whatsapp: { code: 'not_on_whatsapp', detail: '400: the number is not on WhatsApp' },
  push: { code: 'subscription_gone', detail: '410: the subscription has expired' },
  email: { code: 'smtp_550', detail: '550 5.1.1 mailbox unavailable' },
};
const troubles: Readonly<Record<Channel, { code: string; detail: string }>> = {
  whatsapp: { code: 'evolution_502', detail: '502: bad gateway' },
  push: { code: 'push_503', detail: '503: service unavailable' },
  email: { code: 'smtp_451', detail: '451 4.7.1 try again later' },
};
/** Milliseconds that a call takes, at least and at most. */
const durations: Readonly<Record<Channel, readonly [number, number]>> = {
  whatsapp: [250, 1900],
  push: [60, 420],
  email: [180, 1200],
};

export const fates = {
  choose(channel: Channel, random: SeededRandom): Fate {
    const [fate] = random.weighted(chances[channel], ([, weight]) => weight);
    return fate;
  },

  /** What the provider says to an attempt (from 1), and how long it takes to say it. */
  answer(
    channel: Channel,
    fate: Fate,
    attempt: number,
    random: SeededRandom,
  ): { outcome: AttemptOutcome; durationMs: number } {
    const durationMs = Math.round(random.between(...durations[channel]));
    return { outcome: outcomeOf(channel, fate, attempt, random), durationMs };
  },
};

function outcomeOf(
  channel: Channel,
  fate: Fate,
  attempt: number,
  random: SeededRandom,
): AttemptOutcome {
  if (fate === 'refused') return { kind: 'permanent_recipient', ...refusals[channel] };
  if (fate === 'down' || (fate === 'stumbles' && attempt <= 1 + Math.floor(random.next() * 2))) {
    return { kind: 'transient', ...troubles[channel] };
  }
  const number = Math.floor(random.next() * 2 ** 32)
    .toString(16)
    .toUpperCase()
    .padStart(8, '0');
  switch (channel) {
    case 'whatsapp':
      return {
        kind: 'accepted',
        providerMessageId: `3EB0${number}D1C2B3A4`,
        detail: '201: PENDING',
      };
    case 'push':
      return { kind: 'accepted', providerMessageId: null, detail: '201: created' };
    case 'email':
      return {
        kind: 'accepted',
        providerMessageId: number,
        detail: `250 2.0.0 Ok: queued as ${number}`,
      };
  }
}

const minuteMs = 60_000;

export const receipts = {
  /** What the person's device told us later; null where a channel tells nothing. */
  choose(
    channel: Channel,
    random: SeededRandom,
  ): { state: 'delivered' | 'read'; afterMs: number } | null {
    const luck = random.next();
    if (channel === 'email') return null;
    if (channel === 'push') {
      return luck < 0.35 ? { state: 'read', afterMs: random.between(0.1, 50) * minuteMs } : null;
    }
    if (luck < 0.15) return null;
    return luck < 0.5
      ? { state: 'delivered', afterMs: random.between(0.05, 20) * minuteMs }
      : { state: 'read', afterMs: random.between(0.3, 45) * minuteMs };
  },
};
