import type { Channel } from '../catalog/channels.js';
import type { AttemptOutcome } from '../delivery/attempt-outcome.js';
import type { Chance } from '../delivery/deliver-messages.js';
import {
  ChannelSender,
  type LookUpResult,
  type OutgoingMessage,
  type ProviderHealth,
} from '../ports/channel-sender.js';

export const accepted: AttemptOutcome = {
  kind: 'accepted',
  providerMessageId: null,
  detail: 'taken',
};

/** A provider that does what the test says, and remembers what it was asked. */
export class ScriptedSender extends ChannelSender {
  readonly sent: OutgoingMessage[] = [];
  readonly lookedUp: { messageId: string; since: Date }[] = [];
  mostUnderWay = 0;
  private underWay = 0;

  /** What comes of a call; may keep the call waiting. */
  answer: (message: OutgoingMessage) => AttemptOutcome | Promise<AttemptOutcome> = () => accepted;
  find: (message: OutgoingMessage) => LookUpResult = () => ({ found: 'no' });

  constructor(
    readonly channel: Channel = 'email',
    readonly timeoutMs = 10_000,
  ) {
    super();
  }

  async send(message: OutgoingMessage): Promise<AttemptOutcome> {
    this.sent.push(message);
    this.underWay += 1;
    this.mostUnderWay = Math.max(this.mostUnderWay, this.underWay);
    try {
      return await this.answer(message);
    } finally {
      this.underWay -= 1;
    }
  }

  async lookUp(message: OutgoingMessage, since: Date): Promise<LookUpResult> {
    this.lookedUp.push({ messageId: message.messageId, since });
    return this.find(message);
  }

  async probe(): Promise<ProviderHealth> {
    return { healthy: true, detail: 'scripted' };
  }

  async close(): Promise<void> {}
}

/** Time stands still until a test moves it; the jitter is always the same. */
export class FixedChance implements Chance {
  constructor(
    public nowMs = 0,
    public jitter = 0.5,
  ) {}

  monotonicMs(): number {
    return this.nowMs;
  }

  random(): number {
    return this.jitter;
  }
}
