import type { Channel } from '../catalog/channels.js';
import type { Address } from '../customers/recipient.js';
import type { AttemptOutcome } from '../delivery/attempt-outcome.js';
import type { Content } from '../templates/template.js';

/** One message, ready to leave. */
export interface OutgoingMessage {
  /** Ours; the same at every attempt, so that a provider can tell a repeat. */
  messageId: string;
  notificationId: string;
  /** The workshop in whose name it leaves; null: the house's. */
  tallerId: string | null;
  /** From 1. */
  attempt: number;
  address: Address;
  recipientName: string;
  content: Content;
  priority: 'normal' | 'high';
  /** Milliseconds for which the message is still of use, null without end. */
  validForMs: number | null;
}

/** What a look-up found out about an earlier attempt whose answer was lost. */
export type LookUpResult =
  | { found: 'yes'; providerMessageId: string | null }
  | { found: 'no' }
  /** `answered`: the provider is well, and still cannot say; asking again will not help. */
  | { found: 'cannot_tell'; detail: string; answered?: boolean };

/** Whether the provider answers now. */
export interface ProviderHealth {
  healthy: boolean;
  detail: string;
}

/** Carries messages of one channel to its provider. */
export abstract class ChannelSender {
  abstract readonly channel: Channel;

  /** The longest that one call of {@link send} may take, in milliseconds. */
  abstract readonly timeoutMs: number;

  /**
   * Makes one attempt. Never throws for a refusal, an outage or a garbled answer: these are
   * outcomes. Calling it again for the same message may deliver twice; the caller has claimed
   * the message before, and records the outcome after.
   */
  abstract send(message: OutgoingMessage): Promise<AttemptOutcome>;

  /**
   * Asks the provider whether an earlier attempt of this message, begun at `since`, got through.
   * `cannot_tell` where the provider has no way of telling, or does not answer.
   */
  abstract lookUp(message: OutgoingMessage, since: Date): Promise<LookUpResult>;

  /** Asks the provider whether it would take messages now, without sending one. */
  abstract probe(): Promise<ProviderHealth>;

  /** Lets go of connections. Calls under way end first. */
  abstract close(): Promise<void>;
}
