import type { Channel } from '../catalog/channels.js';
import type { ChannelSender, OutgoingMessage } from '../ports/channel-sender.js';
import type { ClaimedMessage, DeliveryLedger } from '../ports/delivery-ledger.js';
import { TemplateFault } from '../ports/template-engine.js';
import type { TemplateLibrary } from '../ports/template-library.js';
import { renderContent } from '../templates/render-message.js';
import type { AttemptOutcome } from './attempt-outcome.js';
import { decideNextStep } from './decide-next-step.js';
import { type DeliveryPolicies, maySend } from './delivery-policy.js';
import type { Slots } from './slots.js';

/** What delivery needs to know of time and chance; both come from outside. */
export interface Chance {
  /** A clock that never goes back, in milliseconds. */
  monotonicMs(): number;
  /** From 0 (included) to 1 (excluded). */
  random(): number;
}

/** Sends claimed messages and writes down what came of it. */
export class DeliverMessages {
  constructor(
    private readonly ledger: DeliveryLedger,
    private readonly senders: ReadonlyMap<Channel, ChannelSender>,
    private readonly templates: TemplateLibrary,
    private readonly policies: DeliveryPolicies,
    private readonly frontendUrl: string,
    private readonly chance: Chance,
  ) {}

  /**
   * Delivers those of one channel's messages that are due. Claims only as many at a time as
   * `slots` has room for, so that no lease runs while a message waits for its turn. Resolves when
   * every attempt is recorded; throws the first failure once no attempt is under way any more.
   */
  async execute(channel: Channel, messageIds: readonly string[], slots: Slots): Promise<void> {
    const sender = this.senderOf(channel);
    const attempts: Promise<void>[] = [];
    const failures: unknown[] = [];
    // A failure is kept, not left pending: while the loop waits for slots nobody would hear of it.
    const keep = (error: unknown) => {
      failures.push(error);
    };
    for (let next = 0; next < messageIds.length; ) {
      const taken = await slots.take(messageIds.length - next);
      const ids = messageIds.slice(next, next + taken);
      next += taken;
      const startedMs = this.chance.monotonicMs();
      const claimed = await this.ledger.claim(ids, leaseMs(sender)).catch(keep);
      slots.giveBack(taken - (claimed?.length ?? 0));
      if (!claimed) break;
      for (const message of claimed) {
        const attempt = this.attempt(sender, message, startedMs);
        attempts.push(attempt.catch(keep).finally(() => slots.giveBack(1)));
      }
    }
    await Promise.all(attempts);
    if (failures.length > 0) throw failures[0];
  }

  /**
   * Settles messages whose sender died or hung between claim and record: nobody knows whether
   * the call was made, which is what `unknown` says. Gives back how many there were.
   */
  async settleLost(limit: number): Promise<number> {
    const longestMs = Math.max(...[...this.senders.values()].map(leaseMs));
    const lost = await this.ledger.takeOverLost(limit, longestMs);
    const detail = 'the process that held the message ended before it recorded an answer';
    for (const message of lost) {
      await this.record(message, { kind: 'unknown', code: 'worker_lost', detail }, 0);
    }
    return lost.length;
  }

  private async attempt(
    sender: ChannelSender,
    message: ClaimedMessage,
    claimedMs: number,
  ): Promise<void> {
    const startedMs = this.chance.monotonicMs();
    // A process that was frozen since its claim may find the message taken over by another.
    const calls = message.lookUpSince === null ? 1 : 2;
    if (startedMs - claimedMs > leaseMs(sender) - calls * sender.timeoutMs) return;
    const outcome = await this.call(sender, message);
    await this.record(message, outcome, this.chance.monotonicMs() - startedMs);
  }

  private async call(sender: ChannelSender, message: ClaimedMessage): Promise<AttemptOutcome> {
    let outgoing: OutgoingMessage;
    try {
      outgoing = await this.compose(message);
    } catch (error) {
      // Only a fault of the text itself is for good; the text may just be out of reach for now.
      return error instanceof TemplateFault
        ? { kind: 'permanent_message', code: 'template_failed', detail: error.message }
        : { kind: 'transient', code: 'template_unavailable', detail: 'no template at hand' };
    }
    if (message.lookUpSince === null) return sender.send(outgoing);
    const earlier = await sender.lookUp(outgoing, message.lookUpSince);
    switch (earlier.found) {
      case 'yes': {
        const { providerMessageId } = earlier;
        return { kind: 'accepted', providerMessageId, detail: 'found at the provider' };
      }
      case 'no':
        return maySend(this.policies[message.channel], message.attempt)
          ? sender.send(outgoing)
          : { kind: 'transient', code: 'not_arrived', detail: 'the provider does not have it' };
      case 'cannot_tell':
        return { kind: 'unknown', code: 'unconfirmed', detail: earlier.detail };
    }
  }

  private async compose(message: ClaimedMessage): Promise<OutgoingMessage> {
    const template = await this.templates.compiled(message.templateVersionId);
    return {
      messageId: message.id,
      notificationId: message.notificationId,
      tallerId: message.tallerId,
      attempt: message.attempt,
      address: message.address,
      recipientName: message.recipientName,
      content: renderContent(message.channel, template, message.variables, this.frontendUrl),
      priority: message.priority,
      validForMs: message.validForMs,
    };
  }

  private record(
    message: ClaimedMessage,
    outcome: AttemptOutcome,
    durationMs: number,
  ): Promise<void> {
    const policy = this.policies[message.channel];
    const step = decideNextStep(outcome, message, policy, this.chance.random());
    return this.ledger.record({ message, outcome, step, durationMs: Math.round(durationMs) });
  }

  private senderOf(channel: Channel): ChannelSender {
    const sender = this.senders.get(channel);
    if (!sender) throw new Error(`no sender is wired for channel ${channel}`);
    return sender;
  }
}

/** Twice the longest call and room for the record: a healthy process never loses its claim. */
function leaseMs(sender: ChannelSender): number {
  return 2 * sender.timeoutMs + 5000;
}
