import { z } from 'zod';
import type { ReceiptKind } from '#domain/delivery/receipts.js';
import type { LineNews, MessageNews, ProviderNews } from '../provider-news.js';

/** As Evolution API 1.8 to 2.4 send it; members that are not named here are of no use to us. */
const envelope = z.object({
  event: z.string(),
  instance: z.string().optional(),
  data: z.unknown(),
});

/** 2.x names the message `keyId`, 1.8 `id`; some relays hand on Baileys' own `key.id`. */
const update = z.object({
  keyId: z.string().optional(),
  id: z.string().optional(),
  key: z.object({ id: z.string() }).optional().catch(undefined),
  status: z.union([z.string(), z.number()]),
});

const connection = z.object({
  state: z.string().optional(),
  status: z.string().optional(),
  statusReason: z.number().int().nullish(),
  disconnectionReasonCode: z.number().int().nullish(),
});

/**
 * By status, of Baileys (words, or the numbers behind them) and of the Cloud API. What says less
 * than our own record of the sending (PENDING, SERVER_ACK, SENT) is left out.
 */
const kinds: Readonly<Record<string, ReceiptKind>> = {
  DELIVERY_ACK: 'delivered',
  DELIVERED: 'delivered',
  '3': 'delivered',
  READ: 'read',
  '4': 'read',
  PLAYED: 'read',
  '5': 'read',
  ERROR: 'bounced',
  FAILED: 'bounced',
  '0': 'bounced',
};

/** Updates of one body that are read; Evolution sends one. */
const mostUpdates = 500;

/** Null for what is no webhook of Evolution's. One that is of no use to us holds nothing. */
export function readEvolutionWebhook(text: string): ProviderNews | null {
  const parsed = envelope.safeParse(parse(text));
  if (!parsed.success) return null;
  const { event, instance, data } = parsed.data;
  switch (event.toLowerCase().replace(/[_-]/g, '.')) {
    case 'messages.update':
      return { messages: [data].flat().slice(0, mostUpdates).flatMap(newsOf), lines: [] };
    case 'connection.update':
    case 'status.instance':
      return { messages: [], lines: lineOf(instance, connection.safeParse(data).data) };
    case 'logout.instance':
    case 'remove.instance':
      return { messages: [], lines: lineOf(instance, { state: 'close' }) };
    default:
      return { messages: [], lines: [] };
  }
}

/** Correlated by the id alone: the jid of an update may be another than the number dialled. */
function newsOf(data: unknown): MessageNews[] {
  const parsed = update.safeParse(data);
  if (!parsed.success) return [];
  const { keyId, key, id, status } = parsed.data;
  const messageId = keyId ?? key?.id ?? id ?? '';
  const kind = kinds[String(status).toUpperCase()];
  if (kind === undefined || !/^[!-~]{1,200}$/.test(messageId)) return [];
  // Why, Evolution does not hand on.
  const code = kind === 'bounced' ? 'whatsapp_error' : null;
  return [{ subject: `whatsapp:${messageId}`, kind, code, detail: null, addressIsWrong: false }];
}

function lineOf(
  instance: string | undefined,
  told: z.infer<typeof connection> | undefined,
): LineNews[] {
  const said = told?.state ?? told?.status ?? '';
  const state = said === 'closed' ? 'close' : said;
  const isName = instance !== undefined && /^[^\p{Cc}\p{Cs}]{1,200}$/u.test(instance);
  if (!isName || !/^[a-z]{1,20}$/.test(state)) return [];
  const reason = told?.statusReason ?? told?.disconnectionReasonCode ?? null;
  return [{ instance, state, reason: reason !== null && Math.abs(reason) < 1e6 ? reason : null }];
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
