import type { KeptMessage } from '#infrastructure/sandbox-control/sandbox-control.js';

interface Mark {
  mark: string;
  /** Whether it is our message's UUID, or WhatsApp's own id. */
  ours: boolean;
}

const uuid = /^<?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})@/;

/**
 * What a message that arrived says of itself: a mail's Message-ID begins with our id, WhatsApp
 * gave an id that we keep, and what a push notice gives back when it is clicked begins with ours.
 * Undefined for a message of somebody else.
 */
export function markOf({
  channel,
  messageId,
  click,
}: Pick<KeptMessage, 'channel' | 'messageId' | 'click'>): Mark | undefined {
  if (channel === 'whatsapp') return messageId ? { mark: messageId, ours: false } : undefined;
  const id = channel === 'push' ? idOfClick(click) : uuid.exec(messageId ?? '')?.[1];
  return id === undefined ? undefined : { mark: id, ours: true };
}

/** The signature behind it is not looked at: whoever reads this may see every message anyway. */
function idOfClick(click: string | null): string | undefined {
  const bytes = Buffer.from(click ?? '', 'base64url');
  if (bytes.length !== 32) return undefined;
  const digits = bytes.toString('hex', 0, 16);
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
