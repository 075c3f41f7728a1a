import type { SendMailOptions } from 'nodemailer';
import type { OutgoingMessage } from '#domain/ports/channel-sender.js';

export interface Mailbox {
  name: string;
  address: string;
}

/** Reads `Ambacar Service <avisos@example.com>` or a bare mailbox, as the configuration checked it. */
export function readMailbox(text: string): Mailbox {
  const named = /^(.*)<([^<>]+)>\s*$/.exec(text);
  return named
    ? { name: oneLine((named[1] ?? '').replace(/^\s*"(.*)"\s*$/, '$1')), address: named[2] ?? '' }
    : { name: '', address: text.trim() };
}

/**
 * The mail of a message, or null when the message is none for e-mail. The Message-ID is made of
 * the message's id, so that it is the same at every attempt and receivers can tell a repeat.
 * Addresses go as objects, and the envelope is our own: nothing that a person typed is parsed as
 * a list of addresses. The recipient's address must have been checked before.
 *
 * @param returnTo the mailbox to which it is returned when it cannot be delivered
 */
export function composeMail(
  message: OutgoingMessage,
  from: Mailbox,
  returnTo: string = from.address,
): SendMailOptions | null {
  const { address, content } = message;
  if (address.channel !== 'email' || content.channel !== 'email') return null;
  const domain = from.address.slice(from.address.lastIndexOf('@') + 1);
  return {
    from,
    to: { name: oneLine(message.recipientName).slice(0, 100), address: address.email },
    envelope: { from: returnTo, to: [address.email] },
    messageId: `<${message.messageId}@${domain}>`,
    subject: oneLine(content.subject),
    text: content.text,
    html: content.html,
    // RFC 3834: no absence notes in answer to a machine.
    headers: { 'Auto-Submitted': 'auto-generated' },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** Line breaks and other control and direction marks would forge headers, or what is shown. */
function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
}
