import {
  decideClimb,
  hasArrived,
  type MessageState,
  type NotificationState,
} from '../delivery/climb-ladder.js';
import type { Rung } from '../dispatch/plan.js';
import type { ClaimedMessage } from '../ports/delivery-ledger.js';

export interface KeptMessage {
  id: string;
  notificationId: string;
  rung: number;
  state: MessageState;
  attempts: number;
  fence: number;
  dueAtMs: number;
  validUntilMs: number;
  /** When the next rung starts, unless the rung's goal has come; null: never. */
  advanceAtMs: number | null;
  leaseUntilMs: number;
  lookUpFirst: boolean;
  /** When the last attempt began. */
  startedAtMs: number;
  address: ClaimedMessage['address'];
  uncounted: number;
  losses: number;
  /** The account that it waits for, and its turn there. */
  heldBy: string | null;
  slotAtMs: number | null;
}

export interface KeptNotification {
  id: string;
  ladder: Rung[];
  state: NotificationState;
  /** Every state that it went to, in order. */
  endings: NotificationState[];
  validUntilMs: number;
}

/** Notifications and their messages, on a clock that the test moves. */
export class InMemoryLadders {
  nowMs = 0;
  readonly messages = new Map<string, KeptMessage>();
  readonly notifications = new Map<string, KeptNotification>();
  private readonly byNotification = new Map<string, KeptMessage[]>();
  private unended: KeptMessage[] = [];
  private looks = 0;

  /** Keeps a notification with its first rung's messages, due at once. Gives back their ids. */
  add(id: string, ladder: Rung[], validUntilMs = Number.POSITIVE_INFINITY): string[] {
    const notification = { id, ladder, state: 'in_progress' as const, endings: [], validUntilMs };
    this.notifications.set(id, notification);
    return this.startRung(notification, 0, this.nowMs);
  }

  /** Goes on after a message ended without success. */
  climb(notification: KeptNotification): void {
    const { id, ladder, state } = notification;
    if (!climbing.includes(state)) return;
    const messages = this.messagesOf(id);
    const step = decideClimb(ladder, messages);
    if (step.kind === 'give_up') this.end(notification, 'failed');
    if (step.kind !== 'start_rung') return;
    if (state === 'sent' && !hasArrived(messages)) this.end(notification, 'in_progress');
    this.startRung(notification, step.rung, this.nowMs);
  }

  end(notification: KeptNotification, state: NotificationState): void {
    if (notification.state === state) return;
    notification.state = state;
    notification.endings.push(state);
  }

  /** Makes a rung's messages; gives back their ids. */
  startRung(
    { id, ladder, validUntilMs }: KeptNotification,
    rung: number,
    dueAtMs: number,
  ): string[] {
    const { addresses = [], advanceAfterMs } = ladder[rung] ?? {};
    // Member by member: spreading a template of them took a fifth of the simulation's time.
    const made = addresses.map(
      (address, index): KeptMessage => ({
        id: `${id}/${rung}/${index}`,
        notificationId: id,
        rung,
        state: 'queued',
        attempts: 0,
        fence: 0,
        dueAtMs,
        validUntilMs,
        advanceAtMs: advanceAfterMs === undefined ? null : dueAtMs + advanceAfterMs,
        leaseUntilMs: 0,
        lookUpFirst: false,
        startedAtMs: 0,
        address,
        uncounted: 0,
        losses: 0,
        heldBy: null,
        slotAtMs: null,
      }),
    );
    for (const message of made) this.messages.set(message.id, message);
    this.unended.push(...made);
    const kept = this.byNotification.get(id);
    if (kept) kept.push(...made);
    else this.byNotification.set(id, made);
    return made.map((message) => message.id);
  }

  /**
   * All messages that are queued or being sent, in the order in which they were made, and some that
   * have left both. A look over all 50,000 that a long outage leaves took most of its time.
   */
  openMessages(): readonly KeptMessage[] {
    this.looks += 1;
    // None ever comes back to the queue from another state.
    if (this.looks % looksToForget === 0) this.unended = this.unended.filter(isOpen);
    return this.unended;
  }

  messageOf(id: string): KeptMessage {
    const message = this.messages.get(id);
    if (!message) throw new Error(`no message ${id}`);
    return message;
  }

  messagesOf(notificationId: string): KeptMessage[] {
    return this.byNotification.get(notificationId) ?? [];
  }

  notificationOf(id: string): KeptNotification {
    const notification = this.notifications.get(id);
    if (!notification) throw new Error(`no notification ${id}`);
    return notification;
  }
}

/** States in which a later rung may still start: what arrived may be less than its rung asks. */
const climbing: readonly NotificationState[] = ['in_progress', 'sent', 'delivered'];

const looksToForget = 64;

function isOpen({ state }: KeptMessage): boolean {
  return state === 'queued' || state === 'sending';
}
