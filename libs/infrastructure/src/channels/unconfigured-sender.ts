import type { Channel } from '#domain/catalog/channels.js';
import type { AttemptOutcome } from '#domain/delivery/attempt-outcome.js';
import {
  ChannelSender,
  type LookUpResult,
  type ProviderHealth,
} from '#domain/ports/channel-sender.js';

/**
 * Stands where a channel has no settings. Its messages move on to the next rung at once, and the
 * timeline names the variables to set.
 */
export class UnconfiguredSender extends ChannelSender {
  readonly timeoutMs = 1000;
  private readonly detail: string;

  /** @param variables the environment's names of what is missing */
  constructor(
    readonly channel: Channel,
    variables: readonly string[],
  ) {
    super();
    this.detail = `${channel} is not configured: set ${variables.join(', ')}`;
  }

  async send(): Promise<AttemptOutcome> {
    return { kind: 'misconfigured', code: 'channel_not_configured', detail: this.detail };
  }

  async lookUp(): Promise<LookUpResult> {
    return { found: 'cannot_tell', detail: this.detail };
  }

  async probe(): Promise<ProviderHealth> {
    return { healthy: false, detail: this.detail };
  }

  async close(): Promise<void> {}
}
