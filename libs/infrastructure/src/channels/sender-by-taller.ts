import type { Channel } from '#domain/catalog/channels.js';
import type { AttemptOutcome } from '#domain/delivery/attempt-outcome.js';
import {
  ChannelSender,
  type LookUpResult,
  type OutgoingMessage,
  type ProviderHealth,
} from '#domain/ports/channel-sender.js';
import { SealBroken } from '../secrets/sealed-text.js';
import type { OwnSenders } from './own-senders.js';

/** Sends by the workshop's own settings where it has some, else by the environment's. */
export class SenderByTaller extends ChannelSender {
  readonly channel: Channel;

  /** @param timeoutMs the longest that a call may take, whoever's sender makes it */
  constructor(
    private readonly house: ChannelSender,
    private readonly own: OwnSenders,
    readonly timeoutMs: number,
  ) {
    super();
    this.channel = house.channel;
  }

  async send(message: OutgoingMessage): Promise<AttemptOutcome> {
    let sender: ChannelSender;
    try {
      sender = await this.senderOf(message);
    } catch (error) {
      return error instanceof SealBroken
        ? { kind: 'misconfigured', code: 'secret_unreadable', detail: error.message }
        : {
            kind: 'transient',
            code: 'settings_unavailable',
            detail: 'no channel settings at hand',
          };
    }
    return sender.send(message);
  }

  async lookUp(message: OutgoingMessage, since: Date): Promise<LookUpResult> {
    const sender = await this.senderOf(message).catch(() => undefined);
    return (
      sender?.lookUp(message, since) ?? {
        found: 'cannot_tell',
        detail: 'no channel settings at hand',
      }
    );
  }

  probe(): Promise<ProviderHealth> {
    return this.house.probe();
  }

  async close(): Promise<void> {
    await Promise.all([this.house.close(), this.own.close()]);
  }

  private async senderOf({ tallerId }: OutgoingMessage): Promise<ChannelSender> {
    if (tallerId === null) return this.house;
    return (await this.own.find(this.channel, tallerId)) ?? this.house;
  }
}
