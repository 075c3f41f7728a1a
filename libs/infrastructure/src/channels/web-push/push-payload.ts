import { createHash } from 'node:crypto';
import type { PushContent } from '#domain/templates/template.js';

/**
 * What may be encrypted: a push service takes 4096 bytes, of which RFC 8291 and RFC 8188 use 86
 * for the header, 16 for the tag and 1 for padding.
 */
export const maximumPayloadBytes = 3993;

/**
 * The notification as JSON that serves two readers: Safari shows a "declarative" message (member
 * `web_push` 8030) itself, elsewhere the service worker does. The tag makes a repeat replace what
 * is already shown.
 *
 * @param click what a service worker gives back when the notification is clicked
 */
export function pushPayload(content: PushContent, notificationId: string, click: string): Buffer {
  const { title, body, url } = content;
  return Buffer.from(
    JSON.stringify({
      web_push: 8030,
      notification: {
        title,
        body,
        lang: 'es',
        navigate: url,
        tag: notificationId,
        data: { click },
      },
    }),
  );
}

/**
 * The `Topic` header (RFC 8030 section 5.4): a later message with the same topic replaces one
 * that the service has not delivered yet, so that a repeated send is seen once.
 */
export function pushTopic(notificationId: string): string {
  return createHash('sha256').update(notificationId).digest('base64url').slice(0, 32);
}
