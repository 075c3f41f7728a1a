import type { Channel } from '../catalog/channels.js';
import { decideClimb, hasArrived, type MessageState, topOf } from '../delivery/climb-ladder.js';
import { decideAdvance } from '../delivery/decide-advance.js';
import { afterReceipt, closesLadder, mustWait, type ReceiptKind } from '../delivery/receipts.js';
import type { InMemoryLadders, KeptMessage, KeptNotification } from './in-memory-ladders.js';

/** What comes between an event and its delivery: stops, receipts, and the passing of time. */
export class Interruptions {
  constructor(private readonly ladders: InMemoryLadders) {}

  /**
   * As a cancellation or a newer event of the same business key does. Of what was sent already no
   * other rung starts, and nothing more leaves; what came back and was all there is has failed.
   */
  stop(notificationId: string, as: 'canceled' | 'superseded'): void {
    const notification = this.ladders.notificationOf(notificationId);
    const messages = this.ladders.messagesOf(notificationId);
    const wentOut = notification.state === 'sent' || notification.state === 'delivered';
    if (notification.state === 'in_progress') this.ladders.end(notification, as);
    else if (!wentOut) return;
    for (const message of messages) {
      if (message.state === 'queued') leave(message, as);
      else if (wentOut) {
        message.advanceAtMs = null;
        if (message.state === 'sending') message.validUntilMs = this.ladders.nowMs;
      }
    }
    if (!wentOut) return;
    notification.ladder = notification.ladder.slice(0, topOf(messages) + 1);
    const step = decideClimb(notification.ladder, messages);
    if (step.kind === 'give_up') this.ladders.end(notification, 'failed');
  }

  /** As the withdrawal of a consent does. */
  withdraw(notificationId: string, channel: Channel): void {
    const notification = this.ladders.notificationOf(notificationId);
    const messages = this.ladders.messagesOf(notificationId);
    const { state } = notification;
    const goesOn = messages.some((kept) => isOpen(kept.state));
    // What was sent may come back; of what was read, another device's message may be on its way.
    const mayClimb = state === 'in_progress' || state === 'sent' || state === 'delivered';
    if (!mayClimb && !(state === 'read' && goesOn)) return;
    const top = topOf(messages);
    notification.ladder = notification.ladder.filter(
      (rung, place) => place <= top || rung.channel !== channel,
    );
    const stopped = messages.filter(
      ({ address, state: own }) => address.channel === channel && isOpen(own),
    );
    const [last] = stopped;
    if (!last) return;
    for (const message of stopped) {
      if (message.state === 'queued') leave(message, 'canceled');
      else message.validUntilMs = this.ladders.nowMs;
    }
    const step = decideClimb(notification.ladder, messages);
    // What was sent and came back has failed.
    const over = state === 'in_progress' ? 'canceled' : 'failed';
    if (step.kind === 'give_up') this.ladders.end(notification, over);
    if (step.kind !== 'start_rung') return;
    const dueAtMs = last.attempts === 0 ? last.dueAtMs : 0;
    const { nowMs } = this.ladders;
    this.ladders.startRung(notification, step.rung, Math.max(dueAtMs, nowMs));
  }

  /**
   * As webhooks and returned mails do that are read together; false while the message is not
   * recorded as sent.
   */
  receive(messageId: string, ...kinds: ReceiptKind[]): boolean {
    const message = this.ladders.messageOf(messageId);
    if (mustWait(message.state)) return false;
    const after = kinds.reduce<MessageState>(afterReceipt, message.state);
    if (after === message.state) return true;
    const { ladder } = this.ladders.notificationOf(message.notificationId);
    const closes = closesLadder(after, ladder[message.rung]?.advanceUntil ?? 'sent');
    message.state = after;
    if (closes || after === 'bounced') message.advanceAtMs = null;
    const notification = this.ladders.notificationOf(message.notificationId);
    if (after === 'bounced') this.ladders.climb(notification);
    else this.arrive(notification, message, after, closes);
    return true;
  }

  /** Ends what can no longer be of use, as the sweep does. */
  expire(): void {
    for (const notification of this.ladders.notifications.values()) {
      const messages = this.ladders.messagesOf(notification.id);
      const past = messages.filter((message) => this.isPast(message));
      for (const message of past) message.state = 'expired';
      const isOver = past.length > 0 && !messages.some(({ state }) => isOpen(state));
      if (isOver && notification.state === 'in_progress') this.ladders.end(notification, 'expired');
      const cameBack = isOver && notification.state === 'sent' && !hasArrived(messages);
      if (cameBack) this.ladders.end(notification, 'failed');
    }
  }

  /** Starts the next rung of ladders whose time is over, as the sweep does. */
  advance(): void {
    for (const notification of this.ladders.notifications.values()) this.advanceOne(notification);
  }

  private advanceOne(notification: KeptNotification): void {
    const { nowMs } = this.ladders;
    const messages = this.ladders.messagesOf(notification.id);
    const late = messages.filter(({ advanceAtMs }) => advanceAtMs !== null && advanceAtMs <= nowMs);
    if (late.length === 0) return;
    const rung = Math.max(...late.map((message) => message.rung));
    const last = late.find((message) => message.rung === rung);
    const step =
      last && last.validUntilMs > nowMs
        ? decideAdvance(notification.state, notification.ladder, messages, rung)
        : { kind: 'close' as const };
    for (const message of late) message.advanceAtMs = step.kind === 'wait' ? nowMs + 2000 : null;
    if (step.kind !== 'start_rung' || !last) return;
    if (step.givesUpQueued) {
      for (const message of messages) {
        if (message.rung === rung && message.state === 'queued') message.state = 'failed';
      }
    }
    this.ladders.startRung(notification, step.rung, nowMs);
  }

  private arrive(
    notification: KeptNotification,
    message: KeptMessage,
    after: MessageState,
    closes: boolean,
  ): void {
    if (closes) {
      for (const later of this.ladders.messagesOf(notification.id)) {
        if (later.rung > message.rung && later.state === 'queued') leave(later, 'canceled');
      }
    }
    const { state } = notification;
    const goesOn = state === 'in_progress' || state === 'sent';
    if (after === 'read' && (goesOn || state === 'delivered')) {
      this.ladders.end(notification, 'read');
    }
    if (after === 'delivered' && goesOn) this.ladders.end(notification, 'delivered');
  }

  private isPast({ state, dueAtMs, validUntilMs }: KeptMessage): boolean {
    const { nowMs } = this.ladders;
    return state === 'queued' && dueAtMs <= nowMs && validUntilMs <= nowMs;
  }
}

function isOpen(state: MessageState): boolean {
  return state === 'queued' || state === 'sending';
}

function leave(message: KeptMessage, state: MessageState): void {
  message.state = state;
  message.advanceAtMs = null;
}
