import PostalMime from 'postal-mime';
import { readMailReport } from '#domain/delivery/receipts.js';
import { describeAnswer } from '../describe-answer.js';
import type { MessageNews } from '../provider-news.js';
import type { BounceAddresses } from './bounce-addresses.js';

/** Where a server writes for whom a mail was meant; which of them depends on the server. */
const recipientFields = new Set([
  'to',
  'delivered-to',
  'x-original-to',
  'envelope-to',
  'x-envelope-to',
]);
/** Recipients of one report that are read; a mail of ours has one. */
const mostRecipients = 20;

/**
 * What a mail server reports of a mail of ours (RFC 3464). Empty for everything else that arrives
 * in such a mailbox: absence notes, spam, reports of mails that are not ours.
 */
export async function readBounce(
  raw: Uint8Array,
  addresses: BounceAddresses,
): Promise<MessageNews[]> {
  const mail = await PostalMime.parse(raw);
  const recipients = mail.headers
    .filter(({ key }) => recipientFields.has(key))
    .map(({ value }) => value);
  const messageId = addresses.messageIn(recipients.join('\n'));
  const report = mail.attachments.find(({ mimeType }) => mimeType === 'message/delivery-status');
  if (messageId === null || !report) return [];
  const subject = `message:${messageId}`;
  return groupsIn(textOf(report.content))
    .slice(0, mostRecipients)
    .flatMap((fields) => {
      const status = /^\s*([245]\.\d{1,3}\.\d{1,3})/.exec(fields.get('status') ?? '')?.[1] ?? '';
      const action = /^\s*([a-z]+)/i.exec(fields.get('action') ?? '')?.[1] ?? '';
      const read = readMailReport({ action, status });
      if (!read) return [];
      const detail = describeAnswer(fields.get('diagnostic-code') ?? '');
      const code = status === '' ? 'mail_report' : `mail_${status.replaceAll('.', '_')}`;
      return [{ subject, ...read, code, detail }];
    });
}

/** The groups of fields of a report, continuation lines unfolded; the first is about the whole. */
function groupsIn(text: string): Map<string, string>[] {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/\n[ \t]+/g, ' ')
    .split(/\n{2,}/)
    .map((group) => {
      const fields = group.split('\n').map((line) => /^([!-9;-~]+):(.*)$/.exec(line));
      return new Map(fields.map((field) => [(field?.[1] ?? '').toLowerCase(), field?.[2] ?? '']));
    });
}

function textOf(content: ArrayBuffer | Uint8Array | string): string {
  return typeof content === 'string'
    ? content
    : Buffer.from(new Uint8Array(content)).toString('latin1');
}
