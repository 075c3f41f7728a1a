import { type Channel, channels } from '#domain/catalog/channels.js';

/**
 * The doorbell: a NOTIFY under this name tells listening workers of new messages, as
 * `channel:id,channel:id`. A version that a worker does not know it does not hear; the queue
 * brings the same messages a little later.
 */
export const doorbellV1 = 'ambacar_doorbell_v1';

/** Messages that one ring names at most. Postgres takes less than 8000 bytes; each needs some 50. */
export const maximumRings = 20;

const named = /^([a-z]+):([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** The messages of a ring by channel. What is no message of a known channel is left out. */
export function readRing(payload: string): Map<Channel, string[]> {
  const byChannel = new Map<Channel, string[]>();
  for (const word of payload.split(',')) {
    const [, name, id] = named.exec(word) ?? [];
    const channel = channels.find((one) => one === name);
    if (!channel || !id) continue;
    byChannel.set(channel, [...(byChannel.get(channel) ?? []), id]);
  }
  return byChannel;
}
