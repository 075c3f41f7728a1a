import type { Channel } from '../catalog/channels.js';

/** How often and how soon a message is tried again on one channel. */
export interface DeliveryPolicy {
  /** Retries after the first attempt; the next rung of the ladder follows. */
  retries: number;
  /** Wait before the first retry, before jitter; doubled for each that follows. */
  retryBaseMs: number;
  /** The longest wait of the doubling. */
  retryCapMs: number;
  /**
   * What an attempt without a known answer asks for. `resend`: the channel makes a repeat
   * harmless (e-mail by its Message-ID, push by its Topic). `look_up`: the provider is asked for
   * the message before anything is sent again.
   */
  unknown: 'resend' | 'look_up';
}

export type DeliveryPolicies = Readonly<Record<Channel, DeliveryPolicy>>;

const unknownByChannel: Record<Channel, DeliveryPolicy['unknown']> = {
  email: 'resend',
  whatsapp: 'look_up',
  push: 'resend',
};

/** The policies of all channels from what the installation sets. */
export function deliveryPolicies(settings: Omit<DeliveryPolicy, 'unknown'>): DeliveryPolicies {
  const policy = (channel: Channel): DeliveryPolicy => ({
    ...settings,
    unknown: unknownByChannel[channel],
  });
  return { email: policy('email'), whatsapp: policy('whatsapp'), push: policy('push') };
}

/**
 * Whether this attempt, from 1, may still call the provider to send. One past the retries only
 * looks up what became of the last, so that a message leaves at most `retries + 1` times.
 */
export function maySend(policy: DeliveryPolicy, attempt: number): boolean {
  return attempt <= policy.retries + 1;
}

/**
 * Exponential backoff with full jitter: anything from 0 to the doubled base, so that messages
 * which failed together do not come back together.
 *
 * @param attempt the attempt that failed, from 1
 * @param random from 0 (included) to 1 (excluded)
 */
export function backoffMs(policy: DeliveryPolicy, attempt: number, random: number): number {
  const doubled = policy.retryBaseMs * 2 ** Math.min(attempt - 1, 30);
  return Math.round(Math.min(doubled, policy.retryCapMs) * random);
}
