/**
 * What came of one call to a provider, in words that hold for every channel. The adapter of the
 * channel classifies; nothing else looks at a provider's codes.
 */
export type AttemptOutcome =
  /** The provider took the message; `providerMessageId` is its own name for it, if it gives one. */
  | { kind: 'accepted'; providerMessageId: string | null; detail: string }
  /** A passing trouble; nothing was sent. `retryAfterMs` where the provider says when. */
  | { kind: 'transient'; code: string; detail: string; retryAfterMs?: number }
  /** Too fast for the provider; with `ofRecipient` for this person alone, not for the account. */
  | {
      kind: 'rate_limited';
      code: string;
      detail: string;
      retryAfterMs?: number;
      ofRecipient?: boolean;
    }
  /** The address is wrong or gone. The address is marked; no retry. */
  | { kind: 'permanent_recipient'; code: string; detail: string }
  /** This content will never be taken. No retry. */
  | { kind: 'permanent_message'; code: string; detail: string }
  /** Credentials, instance or account are wrong: no fault of the message or of the person. */
  | { kind: 'misconfigured'; code: string; detail: string }
  /** Bytes may have left and no answer is known: the person may have the message. */
  | { kind: 'unknown'; code: string; detail: string };

export type OutcomeKind = AttemptOutcome['kind'];

/**
 * `code` is ours, stable and `snake_case` (`smtp_550`, `not_on_whatsapp`); `detail` is the
 * provider's answer for people, at most 300 characters, without addresses, keys or content.
 */
export const maximumDetailLength = 300;
