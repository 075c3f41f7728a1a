import type { DataSource } from 'typeorm';
import type { ClaimedMessage } from '#domain/ports/delivery-ledger.js';
import { pushTopic } from '#infrastructure/channels/web-push/push-payload.js';
import { aClaim, accept, aProcess, ended } from '#infrastructure/testing/seeded-database.js';
import type { Arrival, RunJournals } from '../../journals.js';

/**
 * Leaves a run behind in which nothing went wrong that may not: `retried` was sent at the second
 * attempt, `climbed` by its second rung, `failed` by none, and `repeated` arrived twice, because
 * its worker was killed before it heard the answer.
 */
export async function leaveCleanRun(dataSource: DataSource, journals: RunJournals): Promise<void> {
  const process = aProcess(dataSource);
  const ask = async (key: string, customerId: string) => {
    journals.add('client', { kind: 'asked', key, atMs: Date.now() });
    const { eventId } = await accept(process, { customerId }, aClaim(key));
    journals.add('client', { kind: 'accepted', key, eventId, atMs: Date.now() });
    return async (kind: 'sent' | 'retry' | 'next_rung', lost = false) => {
      const rows = await dataSource.query<{ id: string }[]>(queuedOf, [eventId]);
      const ids = rows.map(({ id }) => id);
      for (const message of await process.ledger.claim(ids, 60_000)) {
        if (kind === 'sent' || lost) journals.add('arrivals', arrivalOf(message));
        await process.ledger.record(ended(message, kind, lost ? { outcome: workerLost } : {}));
      }
    };
  };
  const retried = await ask('retried', 'ana');
  await retried('retry');
  await retried('sent');
  const climbed = await ask('climbed', 'carlos');
  await climbed('next_rung');
  await climbed('sent');
  const failed = await ask('failed', 'ana');
  await failed('next_rung');
  const repeated = await ask('repeated', 'ana');
  await repeated('retry', true);
  await repeated('sent');
  const at = Date.now();
  journals.add('disruptions', { kind: 'kill', what: 'worker', fromMs: at, toMs: at });
}

const workerLost = {
  kind: 'unknown',
  code: 'worker_lost',
  detail: 'the process that held the message ended',
} as const;

const queuedOf = `
  SELECT m.id FROM message m JOIN notification n ON n.id = m.notification_id
  WHERE n.event_id = $1 AND m.state = 'queued'`;

function arrivalOf({ address, id, notificationId }: ClaimedMessage): Arrival {
  const seen = { channel: address.channel, atMs: Date.now(), messageId: null, topic: null };
  switch (address.channel) {
    case 'email':
      return { ...seen, to: address.email, messageId: `<${id}@example.com>` };
    case 'whatsapp':
      return { ...seen, to: address.phone, messageId: `3EB0${id}` };
    case 'push':
      return { ...seen, to: address.endpoint, topic: pushTopic(notificationId) };
  }
}
