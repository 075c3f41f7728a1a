import type { ReceivedWebhook } from '../persistence/receipts/received-webhooks.js';
import { readEvolutionWebhook } from './evolution/read-evolution-webhook.js';
import type { ProviderNews } from './provider-news.js';
import type { BounceAddresses } from './smtp/bounce-addresses.js';
import { readBounce } from './smtp/read-bounce.js';

/**
 * Reads what a provider told us, by who told it.
 *
 * @param bounces null where mails are returned to nobody: a report can belong to none of them then
 */
export function webhookReader(bounces: BounceAddresses | null) {
  return async ({ source, body }: ReceivedWebhook): Promise<ProviderNews | null> => {
    switch (source) {
      case 'evolution':
        return readEvolutionWebhook(body.toString('utf8'));
      case 'mail':
        return { messages: bounces ? await readBounce(body, bounces) : [], lines: [] };
    }
  };
}
