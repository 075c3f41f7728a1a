import type { ReceiptKind } from '#domain/delivery/receipts.js';

/** What a provider says of one message. */
export interface MessageNews {
  /** `whatsapp:` and the provider's own id, or `message:` and ours. */
  subject: string;
  kind: ReceiptKind;
  /** Ours, stable and `snake_case`; null where the kind says it all. */
  code: string | null;
  /** The provider's words, for people. */
  detail: string | null;
  /** Nothing more should go to that address. */
  addressIsWrong: boolean;
}

/** What Evolution says of one of its lines to WhatsApp. */
export interface LineNews {
  instance: string;
  /** `open`, `connecting`, `close` or `refused`. */
  state: string;
  /** WhatsApp's own number for why, such as 401 for a line that was logged out. */
  reason: number | null;
}

export interface ProviderNews {
  messages: MessageNews[];
  lines: LineNews[];
}
