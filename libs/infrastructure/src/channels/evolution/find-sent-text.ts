import type { LookUpResult } from '#domain/ports/channel-sender.js';
import type { ProviderAnswer } from '../call-provider.js';
import { describeAnswer } from '../describe-answer.js';

/** Records asked for at once; an instance sends a message every ten seconds or so. */
const pageSize = 100;
/** Pages asked for at most: more than a number may send between an attempt and its look-up. */
const mostPages = 10;

/**
 * The body of `POST /chat/findMessages/{instance}` that asks for all that the instance itself
 * sent since an attempt, with room for clocks that differ. Not narrowed to the recipient: the server may have filed the message
 * under a rewritten number or a `@lid`.
 *
 * @param page from 1, the newest messages first
 */
export function sentAroundQuery(since: Date, page: number): string {
  const at = since.getTime();
  return JSON.stringify({
    where: {
      key: { fromMe: true },
      messageTimestamp: {
        gte: new Date(at - 5000).toISOString(),
        lte: new Date(Math.max(at, Date.now()) + 600_000).toISOString(),
      },
    },
    page,
    offset: pageSize,
  });
}

/** The body that asks whether the instance keeps any message at all. */
export const anythingSentQuery = JSON.stringify({
  where: { key: { fromMe: true } },
  page: 1,
  offset: 1,
});

interface SentRecord {
  id: string;
  remoteJid: string;
  text: string;
}

/** What the server has on file, or why that cannot be told. */
export type Filed = { total: number; records: SentRecord[] } | { unreadable: string };

/** Reads the answer `{messages: {total, records: [{key, message}]}}`. */
export function readFiled(answer: ProviderAnswer): Filed {
  if (answer.kind !== 'answered') return { unreadable: describeAnswer(answer.detail) };
  if (answer.status !== 200) return { unreadable: `HTTP ${answer.status}` };
  try {
    const { messages } = JSON.parse(answer.text) as FoundMessages;
    const total = messages?.total;
    if (typeof total !== 'number') return { unreadable: 'an answer without a total' };
    return { total, records: (messages?.records ?? []).flatMap(toRecord) };
  } catch {
    return { unreadable: 'an answer that is not JSON' };
  }
}

/**
 * Whether one of the records is our text to our person. Null when it may be on a later page: what
 * is sent meanwhile only moves records to later pages, so that none is passed over.
 *
 * @param page of which the records are, from 1
 */
export function findText(
  filed: Filed,
  phoneDigits: string,
  text: string,
  page: number,
): LookUpResult | null {
  if ('unreadable' in filed) return { found: 'cannot_tell', detail: filed.unreadable };
  const hit = filed.records.find(
    (record) => record.text === text && mayBe(record.remoteJid, phoneDigits),
  );
  if (hit) return { found: 'yes', providerMessageId: hit.id };
  if (filed.total <= page * pageSize) return { found: 'no' };
  if (page < mostPages) return null;
  const detail = `${filed.total} messages around that time`;
  return { found: 'cannot_tell', detail, answered: true };
}

interface FoundMessages {
  messages?: { total?: unknown; records?: Partial<Record<string, unknown>>[] };
}

function toRecord(record: Partial<Record<string, unknown>>): SentRecord[] {
  const key = record.key as { id?: unknown; remoteJid?: unknown } | undefined;
  const message = record.message as
    | { conversation?: unknown; extendedTextMessage?: { text?: unknown } }
    | null
    | undefined;
  const text = message?.conversation ?? message?.extendedTextMessage?.text;
  return typeof key?.id === 'string' &&
    typeof key.remoteJid === 'string' &&
    typeof text === 'string'
    ? [{ id: key.id, remoteJid: key.remoteJid, text }]
    : [];
}

/**
 * Whether a jid may stand for the number: the server drops or adds the mobile digit of Mexico,
 * Argentina and Brazil, and may name an account by an opaque `@lid`.
 */
function mayBe(remoteJid: string, phoneDigits: string): boolean {
  const [user = '', server = ''] = remoteJid.split('@');
  if (server === 'lid') return true;
  return user === phoneDigits || rewritten(user) === rewritten(phoneDigits);
}

function rewritten(digits: string): string {
  return digits
    .replace(/^521(?=\d{10}$)/, '52')
    .replace(/^549(?=\d{10}$)/, '54')
    .replace(/^(55\d{2})9(?=\d{8}$)/, '$1');
}
