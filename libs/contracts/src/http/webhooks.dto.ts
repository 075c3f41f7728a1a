import { ids } from './examples.js';
import { TextField } from './fields.js';
import { IdShown } from './shown.js';

/** What a provider is told once its word is committed. */
export class WebhookReceipt {
  @IdShown('Ours, of what was kept. It is read afterwards; a repeat changes nothing.', ids.receipt)
  id: string;
}

/** What a service worker gives back when the notice that it showed is clicked. */
export class PushClickInput {
  @TextField({
    max: 43,
    min: 43,
    description: "The member `notification.data.click` of the push message's payload.",
    example: 'AZq_XgAAcACAAAAAAAAAAJ1vSm3tQ0mA8Zk3q1y2x0Q',
    form: { pattern: /^[A-Za-z0-9_-]{43}$/, must: 'be the token of a push message' },
  })
  token: string;
}
