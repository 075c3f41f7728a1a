import {
  climbLadder,
  type MessageState,
  type NotificationState,
} from '../delivery/climb-ladder.js';
import type { Rung } from '../dispatch/plan.js';
import {
  type AttemptResult,
  type ClaimedMessage,
  DeliveryLedger,
} from '../ports/delivery-ledger.js';

export interface KeptMessage {
  id: string;
  notificationId: string;
  rung: number;
  state: MessageState;
  attempts: number;
  fence: number;
  dueAtMs: number;
  leaseUntilMs: number;
  lookUpFirst: boolean;
  /** When the last attempt began. */
  startedAtMs: number;
  address: ClaimedMessage['address'];
}

export interface KeptNotification {
  id: string;
  ladder: Rung[];
  state: NotificationState;
  /** Every state that it ever ended in. */
  endings: NotificationState[];
  validUntilMs: number;
}

/** The ledger's promises on a clock that the test moves. */
export class InMemoryLedger extends DeliveryLedger {
  nowMs = 0;
  readonly messages = new Map<string, KeptMessage>();
  readonly notifications = new Map<string, KeptNotification>();
  /** What was written down; a record whose claim was lost is not. */
  readonly records: AttemptResult[] = [];
  /** How many messages each claim asked for. */
  readonly claimSizes: number[] = [];

  /** Keeps a notification with its first rung's messages, due at once. Gives back their ids. */
  add(id: string, ladder: Rung[], validUntilMs = Number.POSITIVE_INFINITY): string[] {
    const notification = { id, ladder, state: 'in_progress' as const, endings: [], validUntilMs };
    this.notifications.set(id, notification);
    return this.startRung(notification, 0);
  }

  dueOn(channel: string): string[] {
    const due = [...this.messages.values()].filter((message) => this.isDue(message));
    return due.filter(({ address }) => address.channel === channel).map(({ id }) => id);
  }

  async claim(messageIds: readonly string[], leaseMs: number): Promise<ClaimedMessage[]> {
    this.claimSizes.push(messageIds.length);
    const due = messageIds.map((id) => this.messageOf(id)).filter((kept) => this.isDue(kept));
    return due.map((message) => {
      const lookUpSince = message.lookUpFirst ? new Date(message.startedAtMs) : null;
      message.state = 'sending';
      message.attempts += 1;
      message.startedAtMs = this.nowMs;
      return this.hold(message, leaseMs, lookUpSince);
    });
  }

  async takeOverLost(limit: number, leaseMs: number): Promise<ClaimedMessage[]> {
    const lost = [...this.messages.values()].filter(
      ({ state, leaseUntilMs }) => state === 'sending' && leaseUntilMs < this.nowMs,
    );
    return lost.slice(0, limit).map((message) => this.hold(message, leaseMs, null));
  }

  async record(result: AttemptResult): Promise<void> {
    const message = this.messageOf(result.message.id);
    if (message.state !== 'sending' || message.fence !== result.message.fence) return;
    this.records.push(result);
    const { step } = result;
    if (step.kind === 'retry') {
      message.state = 'queued';
      message.dueAtMs = this.nowMs + step.delayMs;
      message.lookUpFirst = step.lookUpFirst;
      return;
    }
    const notification = this.notificationOf(message.notificationId);
    message.state = step.kind === 'done' ? 'sent' : 'failed';
    if (step.kind === 'done') this.end(notification, 'sent');
    else this.climb(notification, message.rung);
  }

  /** Ends what can no longer be of use, as the sweep does. */
  expire(): void {
    for (const message of this.messages.values()) {
      const notification = this.notificationOf(message.notificationId);
      if (message.state !== 'queued' || notification.validUntilMs > this.nowMs) continue;
      message.state = 'expired';
      if (notification.state === 'in_progress') this.end(notification, 'expired');
    }
  }

  messageOf(id: string): KeptMessage {
    const message = this.messages.get(id);
    if (!message) throw new Error(`no message ${id}`);
    return message;
  }

  notificationOf(id: string): KeptNotification {
    const notification = this.notifications.get(id);
    if (!notification) throw new Error(`no notification ${id}`);
    return notification;
  }

  private isDue({ state, dueAtMs, notificationId }: KeptMessage): boolean {
    const { validUntilMs } = this.notificationOf(notificationId);
    return state === 'queued' && dueAtMs <= this.nowMs && validUntilMs > this.nowMs;
  }

  private hold(message: KeptMessage, leaseMs: number, lookUpSince: Date | null): ClaimedMessage {
    const { ladder, validUntilMs } = this.notificationOf(message.notificationId);
    message.fence += 1;
    message.leaseUntilMs = this.nowMs + leaseMs;
    return {
      id: message.id,
      notificationId: message.notificationId,
      tallerId: null,
      channel: message.address.channel,
      rung: message.rung,
      hasNextRung: message.rung + 1 < ladder.length,
      address: message.address,
      recipientName: 'Carlos Mendoza',
      variables: { Nombre: 'Carlos Mendoza' },
      templateVersionId: ladder[message.rung]?.templateVersionId ?? '',
      priority: 'normal',
      attempt: message.attempts,
      fence: message.fence,
      validForMs: Number.isFinite(validUntilMs) ? validUntilMs - this.nowMs : null,
      lookUpSince,
    };
  }

  private climb(notification: KeptNotification, rung: number): void {
    if (notification.state !== 'in_progress') return;
    const siblings = [...this.messages.values()].filter(
      (message) => message.notificationId === notification.id && message.rung === rung,
    );
    const states = siblings.map(({ state }) => state);
    const step = climbLadder(rung, notification.ladder.length, states);
    if (step.kind === 'start_rung') this.startRung(notification, step.rung);
    if (step.kind === 'give_up') this.end(notification, 'failed');
  }

  private end(notification: KeptNotification, state: NotificationState): void {
    if (notification.state === state) return;
    notification.state = state;
    notification.endings.push(state);
  }

  private startRung({ id, ladder }: KeptNotification, rung: number): string[] {
    const addresses = ladder[rung]?.addresses ?? [];
    return addresses.map((address, index) => {
      const messageId = `${id}/${rung}/${index}`;
      this.messages.set(messageId, {
        id: messageId,
        notificationId: id,
        rung,
        state: 'queued',
        attempts: 0,
        fence: 0,
        dueAtMs: this.nowMs,
        leaseUntilMs: 0,
        lookUpFirst: false,
        startedAtMs: 0,
        address,
      });
      return messageId;
    });
  }
}
