import type { ChannelSender, OutgoingMessage } from '../ports/channel-sender.js';
import type { ClaimedMessage, DeliveryLedger } from '../ports/delivery-ledger.js';
import { TemplateFault } from '../ports/template-engine.js';
import type { TemplateLibrary } from '../ports/template-library.js';
import { renderContent } from '../templates/render-message.js';
import type { AttemptOutcome } from './attempt-outcome.js';
import { decideNextStep } from './decide-next-step.js';
import type { Chance } from './deliver-messages.js';
import { type DeliveryPolicies, maySend } from './delivery-policy.js';
import type { Leases } from './leases.js';

export interface AttemptParts {
  ledger: DeliveryLedger;
  templates: TemplateLibrary;
  policies: DeliveryPolicies;
  frontendUrl: string;
  chance: Chance;
  leases: Leases;
}

/** One attempt at one claimed message, from the rendering to the record. */
export class AttemptMessage {
  constructor(private readonly parts: AttemptParts) {}

  /** @param claimedMs the moment before the claim was asked for, on the monotonic clock */
  async run(sender: ChannelSender, message: ClaimedMessage, claimedMs: number): Promise<void> {
    const { leases, chance } = this.parts;
    leases.hold(message, claimedMs);
    try {
      const startedMs = chance.monotonicMs();
      const outcome = message.instead ?? (await this.call(sender, message));
      await this.record(message, outcome, chance.monotonicMs() - startedMs);
    } finally {
      leases.letGo(message);
    }
  }

  /** Writes an outcome down, and decides what follows. */
  record(message: ClaimedMessage, outcome: AttemptOutcome, durationMs: number): Promise<void> {
    const { ledger, policies, chance } = this.parts;
    const policy = policies[message.channel];
    const step = decideNextStep(outcome, message, policy, chance.random());
    return ledger.record({ message, outcome, step, durationMs: Math.round(durationMs) });
  }

  private async call(sender: ChannelSender, message: ClaimedMessage): Promise<AttemptOutcome> {
    let outgoing: OutgoingMessage;
    try {
      outgoing = await this.compose(message);
    } catch (error) {
      // Only a fault of the text itself is for good; the text may just be out of reach for now.
      if (error instanceof TemplateFault) {
        return { kind: 'permanent_message', code: 'template_failed', detail: error.message };
      }
      // What was in doubt before the text was missing still is.
      const kind = message.lookUpSince === null ? 'transient' : 'unknown';
      return { kind, code: 'template_unavailable', detail: 'no template at hand' };
    }
    if (message.lookUpSince === null) return this.send(sender, message, outgoing);
    const earlier = await sender.lookUp(outgoing, message.lookUpSince);
    switch (earlier.found) {
      case 'yes': {
        const { providerMessageId } = earlier;
        return { kind: 'accepted', providerMessageId, detail: 'found at the provider' };
      }
      case 'no':
        return maySend(this.parts.policies[message.channel], message.attempt - message.uncounted)
          ? this.send(sender, message, outgoing)
          : { kind: 'transient', code: 'not_arrived', detail: 'the provider does not have it' };
      case 'cannot_tell':
        return {
          kind: 'unknown',
          code: earlier.answered ? 'cannot_be_known' : 'unconfirmed',
          detail: earlier.detail,
        };
    }
  }

  /**
   * A process that was frozen since its claim may find the message taken over by another, which
   * has sent it. Should it not be, the record still counts, and nothing is in doubt.
   */
  private async send(
    sender: ChannelSender,
    message: ClaimedMessage,
    outgoing: OutgoingMessage,
  ): Promise<AttemptOutcome> {
    if (this.parts.leases.isFresh(message)) return sender.send(outgoing);
    const detail = 'not called: the process stood still since it had taken the message';
    return { kind: 'transient', code: 'stood_still', detail };
  }

  private async compose(message: ClaimedMessage): Promise<OutgoingMessage> {
    const { templates, frontendUrl } = this.parts;
    const template = await templates.compiled(message.templateVersionId);
    return {
      messageId: message.id,
      notificationId: message.notificationId,
      tallerId: message.tallerId,
      attempt: message.attempt,
      address: message.address,
      recipientName: message.recipientName,
      content: renderContent(message.channel, template, message.variables, frontendUrl),
      priority: message.priority,
      validForMs: message.validForMs,
    };
  }
}
