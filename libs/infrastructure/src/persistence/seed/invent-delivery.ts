import { V7Generator } from 'uuidv7';
import type { Channel } from '#domain/catalog/channels.js';
import type { Address } from '#domain/customers/recipient.js';
import type { AttemptOutcome } from '#domain/delivery/attempt-outcome.js';
import {
  climbLadder,
  type MessageState,
  type NotificationState,
} from '#domain/delivery/climb-ladder.js';
import { decideNextStep } from '#domain/delivery/decide-next-step.js';
import { deliveryPolicies } from '#domain/delivery/delivery-policy.js';
import type { Rung } from '#domain/dispatch/plan.js';
import { attemptData } from '../record-attempts.js';
import { type Fate, fates, receipts } from './invent-outcomes.js';
import type { SeededRandom } from './seeded-random.js';

/** Rows by the names of their columns. Times are ISO texts. */
export interface InventedMessage {
  id: string;
  notification_id: string;
  rung: number;
  channel: Channel;
  address: Address;
  template_version_id: string;
  state: MessageState;
  state_reason: string | null;
  attempts: number;
  valid_until: string;
  provider_message_id: string | null;
  created_at: string;
  sent_at: string | null;
}

export interface InventedTimelineRow {
  notification_id: string;
  message_id: string | null;
  at: string;
  kind: 'attempt_started' | 'attempt_ended' | 'next_rung' | 'ended';
  attempt: number | null;
  data: Record<string, unknown>;
}

/** What became of a notification. */
export interface InventedDelivery {
  state: NotificationState;
  stateReason: string | null;
  endedAt: Date;
  messages: InventedMessage[];
  timeline: InventedTimelineRow[];
}

/** A notification whose ladder is to be climbed. */
export interface Ascent {
  notificationId: string;
  ladder: readonly Rung[];
  startsAt: Date;
  validUntil: Date;
  /** How a message on a channel fares, if chance does not choose. */
  fateOn(channel: Channel): Fate | undefined;
}

const policies = deliveryPolicies({ retries: 3, retryBaseMs: 5000, retryCapMs: 300_000 });
const ids = new V7Generator();

/** An id that says when its row was made, as those of real rows do. */
export function idAt(at: Date): string {
  return ids.generateOrResetWithTs(at.getTime()).toString();
}

/**
 * Plays a delivery through with the domain's own rules for retries and fallback; only what the
 * providers answer is invented.
 */
export function inventDelivery(ascent: Ascent, random: SeededRandom): InventedDelivery {
  return new Play(ascent, random).run();
}

class Play {
  private readonly messages: InventedMessage[] = [];
  private readonly timeline: InventedTimelineRow[] = [];
  private atMs: number;

  constructor(
    private readonly ascent: Ascent,
    private readonly random: SeededRandom,
  ) {
    this.atMs = ascent.startsAt.getTime() + random.between(20, 400);
  }

  run(): InventedDelivery {
    const { ladder } = this.ascent;
    for (const [index, rung] of ladder.entries()) {
      const tried = rung.addresses.map((address) => this.send(index, rung, address));
      const last = tried.at(-1);
      const next = climbLadder(
        index,
        ladder.length,
        tried.map(({ state }) => state),
      );
      if (!last || next.kind === 'stay') return this.arrived(tried);
      const to = next.kind === 'start_rung' ? ladder[next.rung] : undefined;
      const because = last.state_reason;
      if (to) this.tell(last, 'next_rung', { from: rung.channel, to: to.channel, because });
    }
    return this.failed();
  }

  private send(index: number, rung: Rung, address: Address): InventedMessage {
    const { notificationId, validUntil } = this.ascent;
    const message: InventedMessage = {
      id: idAt(new Date(this.atMs)),
      notification_id: notificationId,
      rung: index,
      channel: rung.channel,
      address,
      template_version_id: rung.templateVersionId,
      state: 'sending',
      state_reason: null,
      attempts: 0,
      valid_until: validUntil.toISOString(),
      provider_message_id: null,
      created_at: this.now(),
      sent_at: null,
    };
    this.messages.push(message);
    const fate = this.ascent.fateOn(rung.channel) ?? fates.choose(rung.channel, this.random);
    while (message.state === 'sending') this.attempt(message, fate);
    return message;
  }

  private attempt(message: InventedMessage, fate: Fate): void {
    message.attempts++;
    this.tell(message, 'attempt_started', {});
    const { outcome, durationMs } = fates.answer(
      message.channel,
      fate,
      message.attempts,
      this.random,
    );
    this.atMs += durationMs;
    const step = decideNextStep(
      outcome,
      {
        attempt: message.attempts,
        uncounted: 0,
        probe: false,
        losses: 0,
        hasNextRung: message.rung + 1 < this.ascent.ladder.length,
        validForMs: this.ascent.validUntil.getTime() - this.atMs,
      },
      policies[message.channel],
      this.random.next(),
    );
    this.tell(message, 'attempt_ended', attemptData({ outcome, step, durationMs }));
    if (step.kind === 'retry') this.atMs += step.delayMs;
    else this.settle(message, outcome, step.kind === 'done');
  }

  private settle(message: InventedMessage, outcome: AttemptOutcome, sent: boolean): void {
    message.state = sent ? 'sent' : 'failed';
    if (sent) message.sent_at = this.now();
    if (outcome.kind === 'accepted') message.provider_message_id = outcome.providerMessageId;
    else message.state_reason = outcome.code;
  }

  /** Success ends a notification; a receipt may come minutes or hours later. */
  private arrived(tried: readonly InventedMessage[]): InventedDelivery {
    const endedAt = new Date(this.atMs);
    const [message] = tried.filter(({ state }) => state === 'sent');
    const receipt = message && receipts.choose(message.channel, this.random);
    if (!message || !receipt) return this.ending('sent', null, endedAt);
    message.state = receipt.state;
    this.atMs += receipt.afterMs;
    this.tell(message, 'ended', { state: receipt.state });
    return this.ending(receipt.state, null, endedAt);
  }

  private failed(): InventedDelivery {
    const last = this.timeline.filter(({ kind }) => kind === 'attempt_ended').at(-1);
    const reason = String(last?.data.because ?? 'refused_for_good');
    const message = this.messages.at(-1);
    if (message) this.tell(message, 'ended', { state: 'failed', reason });
    return this.ending('failed', reason, new Date(this.atMs));
  }

  private ending(
    state: NotificationState,
    stateReason: string | null,
    endedAt: Date,
  ): InventedDelivery {
    return { state, stateReason, endedAt, messages: this.messages, timeline: this.timeline };
  }

  private tell(
    message: InventedMessage,
    kind: InventedTimelineRow['kind'],
    data: Record<string, unknown>,
  ): void {
    const { notification_id, id: message_id, attempts: attempt } = message;
    this.timeline.push({ notification_id, message_id, at: this.now(), kind, attempt, data });
  }

  private now(): string {
    return new Date(this.atMs).toISOString();
  }
}
