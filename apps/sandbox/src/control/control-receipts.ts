import { z } from 'zod';
import {
  type EvolutionWebhooks,
  receiptPlanSchema,
  receiptSchema,
  usualReceipts,
} from '../evolution/evolution-webhooks.js';
import { type Answer, type Exchange, json, noContent, readJson } from '../http/exchange.js';
import type { Inbox } from '../world/inbox.js';

const messagePath = /^\/sandbox\/messages\/(\d{1,15})\/receipts$/;
const lineSchema = z.strictObject({
  state: z.enum(['open', 'connecting', 'close', 'refused']),
  statusReason: z.int().default(200),
});

/** Steers what WhatsApp says of messages, by itself or now. Undefined for another path. */
export function controlReceipts(
  { method, path, body }: Exchange,
  inbox: Inbox,
  webhooks: EvolutionWebhooks,
): Answer | Promise<Answer> | undefined {
  switch (`${method} ${path}`) {
    case 'GET /sandbox/receipts':
      return json(200, webhooks.plan);
    case 'PUT /sandbox/receipts':
      webhooks.plan = receiptPlanSchema.parse(readJson(body));
      return json(200, webhooks.plan);
    case 'DELETE /sandbox/receipts':
      webhooks.plan = usualReceipts;
      return noContent();
    case 'POST /sandbox/line': {
      const { state, statusReason } = lineSchema.parse(readJson(body));
      return webhooks.tellLine(state, statusReason).then(noContent);
    }
  }
  const id = method === 'POST' ? messagePath.exec(path)?.[1] : undefined;
  if (id === undefined) return undefined;
  const message = inbox.list({ channel: 'whatsapp' }).find((one) => one.id === Number(id));
  if (!message) return json(404, { detail: 'No such WhatsApp message is kept.' });
  const { status, repeat } = receiptSchema.parse(readJson(body));
  return webhooks.tell(message, status, repeat).then(noContent);
}
