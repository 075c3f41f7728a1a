import { z } from 'zod';
import { type Answer, json } from '../http/exchange.js';
import { badRequest, schemaError } from './evolution-answers.js';

/** What `POST /webhook/set/{instance}` of Evolution API 2.3 takes, as far as it matters here. */
const settingsSchema = z.object({
  webhook: z.object({
    enabled: z.boolean(),
    url: z.string(),
    byEvents: z.boolean().default(false),
    headers: z.record(z.string(), z.string()).default({}),
    events: z.array(z.string()),
  }),
});

export type WebhookSettings = z.infer<typeof settingsSchema>['webhook'];

/** The settings of a body, or the refusal that the server gives. */
export function readWebhookSettings(body: unknown): WebhookSettings | Answer {
  if (!Object.hasOwn(Object(body), 'webhook')) {
    return schemaError('instance requires property "webhook"');
  }
  const parsed = settingsSchema.safeParse(body);
  return parsed.success ? parsed.data.webhook : badRequest([z.prettifyError(parsed.error)]);
}

export function isSettings(read: WebhookSettings | Answer): read is WebhookSettings {
  return typeof read === 'object' && 'byEvents' in read;
}

/** As the server shows what it keeps, headers with their secrets included. */
export function settingsAnswer(status: number, settings: WebhookSettings | null): Answer {
  return json(status, settings && { id: 'cm0000000000000000000000', ...settings });
}
