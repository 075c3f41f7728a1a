import type { Channel } from '../catalog/channels.js';
import { hasSucceeded } from '../delivery/climb-ladder.js';
import type { Pace } from '../delivery/pace.js';
import type { OutgoingMessage } from '../ports/channel-sender.js';
import type { InMemoryLadders, KeptMessage } from './in-memory-ladders.js';

/** Looks at each message in the moment in which it leaves, and knows what must not leave. */
export class Onlooker {
  /** When somebody was written to last, by the channel and the place. */
  private readonly lastMs = new Map<string, number>();

  /**
   * @param withdrawn notifications and channels whose consent is gone, as `n0 email`
   * @param paces those that are to be kept
   */
  constructor(
    private readonly ladders: InMemoryLadders,
    private readonly withdrawn: ReadonlySet<string>,
    private readonly paces: Readonly<Partial<Record<Channel, Pace>>>,
  ) {}

  /** What is wrong with the message's leaving; nothing when all is well. */
  look({ messageId, notificationId }: OutgoingMessage): string[] {
    const { ladders } = this;
    const message = ladders.messageOf(messageId);
    const { state, rung, validUntilMs, address } = message;
    const notification = ladders.notificationOf(notificationId);
    const earlier = ladders.messagesOf(notificationId).filter((kept) => kept.rung < rung);
    const wrong = {
      [`while ${state}`]: state !== 'sending',
      'after its use': validUntilMs <= ladders.nowMs,
      [`after the end (${notification.state})`]: over.includes(notification.state),
      'without consent': this.withdrawn.has(`${notificationId} ${address.channel}`),
      'after an earlier rung had come through': hasSucceeded(notification.ladder, earlier),
      'too soon after another to the same person': this.isTooSoon(message),
    };
    return Object.entries(wrong).flatMap(([what, isSo]) =>
      isSo ? [`${messageId} left ${what}`] : [],
    );
  }

  private isTooSoon({ address }: KeptMessage): boolean {
    const pauseMs = this.paces[address.channel]?.pairIntervalMs ?? 0;
    if (address.channel !== 'whatsapp' || pauseMs === 0) return false;
    const { nowMs } = this.ladders;
    const lastMs = this.lastMs.get(address.phone) ?? Number.NEGATIVE_INFINITY;
    this.lastMs.set(address.phone, nowMs);
    return nowMs < lastMs + pauseMs;
  }
}

const over = ['failed', 'expired', 'canceled', 'superseded'];
