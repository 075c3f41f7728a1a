import { pushTopic } from '#infrastructure/channels/web-push/push-payload.js';
import type { Arrival } from '../journals.js';
import type { Case, MessageEvidence } from './evidence.js';
import { groupBy } from './evidence.js';

export interface AssignedArrivals {
  /** By message, those that arrived. */
  arrivalsOf: Map<string, Arrival[]>;
  /** What arrived and was never written down. */
  ghosts: Arrival[];
}

/** The clock of the outside world is the same machine's, read a moment apart. */
const slackMs = 250;

/**
 * Finds the message that each arrival was. An e-mail names it in its Message-ID, a push in its
 * topic and endpoint. Evolution has no word of ours: there it is the id that the provider gave,
 * and where its answer was lost, the last message to that number that was being tried.
 */
export function assignArrivals(run: Case): AssignedArrivals {
  const byId = new Map(run.messages.map((message) => [message.id, message]));
  const byTopic = new Map<string, MessageEvidence>();
  const byProviderId = new Map<string, MessageEvidence>();
  for (const message of run.messages) {
    if (message.address.channel === 'push') {
      const { endpoint } = message.address;
      byTopic.set(`${pushTopic(message.notificationId)} ${endpoint}`, message);
    }
    if (message.channel === 'whatsapp' && message.providerMessageId !== null) {
      byProviderId.set(message.providerMessageId, message);
    }
  }
  const byPhone = groupBy(run.messages, ({ address }) =>
    address.channel === 'whatsapp' ? address.phone : null,
  );
  const tried = ({ to, atMs }: Arrival) => {
    const starts = (byPhone.get(to) ?? []).flatMap((message) =>
      (run.entriesOf.get(message.id) ?? [])
        .filter(({ kind, at }) => kind === 'attempt_started' && at <= atMs + slackMs)
        .map(({ at }) => ({ message, at })),
    );
    return starts.sort((a, b) => b.at - a.at)[0]?.message;
  };
  const messageOf = (arrival: Arrival): MessageEvidence | undefined => {
    const { channel, messageId, topic, to } = arrival;
    if (channel === 'email') return byId.get(/^<?([^@]+)@/.exec(messageId ?? '')?.[1] ?? '');
    if (channel === 'push') return byTopic.get(`${topic} ${to}`);
    return byProviderId.get(messageId ?? '') ?? tried(arrival);
  };
  const assigned: AssignedArrivals = { arrivalsOf: new Map(), ghosts: [] };
  for (const arrival of run.arrivals) {
    const message = messageOf(arrival);
    if (!message) assigned.ghosts.push(arrival);
    else {
      const arrivals = assigned.arrivalsOf.get(message.id) ?? [];
      assigned.arrivalsOf.set(message.id, [...arrivals, arrival]);
    }
  }
  return assigned;
}
