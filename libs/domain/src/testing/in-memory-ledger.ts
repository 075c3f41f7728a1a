import { hasSucceeded } from '../delivery/climb-ladder.js';
import type { Rung } from '../dispatch/plan.js';
import {
  type AccountToProbe,
  type AttemptResult,
  type ClaimedMessage,
  DeliveryLedger,
} from '../ports/delivery-ledger.js';
import type { InMemoryAccounts } from './in-memory-accounts.js';
import { InMemoryLadders, type KeptMessage, type KeptNotification } from './in-memory-ladders.js';
import { Interruptions } from './interruptions.js';

/** The ledger's promises on a clock that the test moves. */
export class InMemoryLedger extends DeliveryLedger {
  readonly ladders = new InMemoryLadders();
  readonly interruptions = new Interruptions(this.ladders);
  /** What was written down; a record whose claim was lost is not. */
  readonly records: AttemptResult[] = [];
  /** How many messages each claim asked for. */
  readonly claimSizes: number[] = [];

  /** @param accounts where provider accounts matter; without them every message may go */
  constructor(readonly accounts: InMemoryAccounts | null = null) {
    super();
  }

  get nowMs(): number {
    return this.ladders.nowMs;
  }

  set nowMs(nowMs: number) {
    this.ladders.nowMs = nowMs;
  }

  get messages(): ReadonlyMap<string, KeptMessage> {
    return this.ladders.messages;
  }

  /** Keeps a notification with its first rung's messages, due at once. Gives back their ids. */
  add(id: string, ladder: Rung[], validUntilMs?: number): string[] {
    return this.ladders.add(id, ladder, validUntilMs);
  }

  dueOn(channel: string): string[] {
    const due: string[] = [];
    for (const message of this.ladders.openMessages()) {
      if (message.address.channel === channel && this.isDue(message)) due.push(message.id);
    }
    return due;
  }

  async claim(messageIds: readonly string[], leaseMs: number): Promise<ClaimedMessage[]> {
    this.claimSizes.push(messageIds.length);
    const due = messageIds
      .map((id) => this.ladders.messageOf(id))
      .filter((kept) => this.isDue(kept) && kept.losses < 2);
    const candidates = due.map((kept) => this.candidate(kept));
    const admissions = this.accounts?.admit(candidates, this.nowMs);
    return due.flatMap((message) => {
      const admission = admissions?.get(message.id) ?? { kind: 'go', probe: false };
      if (admission.kind === 'hold') {
        message.heldBy = accountOf(message);
        message.slotAtMs = admission.slotMs;
        message.dueAtMs = admission.untilMs;
        return [];
      }
      const instead = admission.kind === 'instead' ? admission.outcome : null;
      const probe = admission.kind === 'go' && admission.probe;
      return this.begin(message, leaseMs, { probe, instead });
    });
  }

  async claimSuspect(leaseMs: number): Promise<ClaimedMessage | null> {
    for (const kept of this.ladders.openMessages()) {
      if (kept.losses >= 2 && this.isDue(kept)) return this.beginAlone(kept, leaseMs, {});
    }
    return null;
  }

  async takeProbes(): Promise<AccountToProbe[]> {
    if (!this.accounts) return [];
    const names = new Set<string>();
    for (const { state, heldBy } of this.ladders.openMessages()) {
      if (state === 'queued' && heldBy !== null) names.add(heldBy);
    }
    return this.accounts.takeProbes(names, this.nowMs);
  }

  async claimProbe({ account }: AccountToProbe, leaseMs: number): Promise<ClaimedMessage | null> {
    let first: KeptMessage | null = null;
    for (const kept of this.ladders.openMessages()) {
      if (kept.state !== 'queued' || kept.heldBy !== account) continue;
      if (kept.validUntilMs <= this.nowMs || kept.losses >= 2) continue;
      if (!first || asksSooner(kept, first)) first = kept;
    }
    return first ? this.beginAlone(first, leaseMs, { probe: true }) : null;
  }

  async renew(messages: readonly ClaimedMessage[], leaseMs: number): Promise<string[]> {
    return messages.flatMap(({ id, fence }) => {
      const kept = this.ladders.messageOf(id);
      if (kept.state !== 'sending' || kept.fence !== fence) return [];
      kept.leaseUntilMs = this.nowMs + leaseMs;
      return id;
    });
  }

  async takeOverLost(limit: number, _leaseMs: number, settleMs: number): Promise<ClaimedMessage[]> {
    const lost: KeptMessage[] = [];
    for (const message of this.ladders.openMessages()) {
      if (lost.length === limit) break;
      if (message.state === 'sending' && message.leaseUntilMs < this.nowMs) lost.push(message);
    }
    return lost.map((message) => this.hold(message, settleMs, { losses: message.losses + 1 }));
  }

  /**
   * Parks what is due for accounts that are open, unless it is to be tried alone, and gives turns
   * to what waits for one that is closed again, as the sweep of the accounts does.
   */
  sweepAccounts(): void {
    const { accounts } = this;
    if (!accounts) return;
    for (const message of this.ladders.openMessages()) {
      if (!this.isDue(message) || message.losses >= 2) continue;
      const until = accounts.parkUntil(accountOf(message), this.nowMs);
      if (until === null) continue;
      message.heldBy = accountOf(message);
      message.slotAtMs = null;
      message.dueAtMs = until;
    }
    for (const account of accounts.released()) {
      const parked = this.parkedFor(account);
      const turns = accounts.takeTurns(account, parked.length, this.nowMs);
      for (const [index, message] of parked.entries()) {
        message.slotAtMs = turns[index] ?? this.nowMs;
        message.dueAtMs = message.slotAtMs;
      }
    }
  }

  async record(result: AttemptResult): Promise<void> {
    const message = this.ladders.messageOf(result.message.id);
    if (message.state !== 'sending' || message.fence !== result.message.fence) return;
    this.records.push(result);
    const { step, outcome } = result;
    this.accounts?.note(accountOf(message), result.message, outcome, this.nowMs);
    const notification = this.ladders.notificationOf(message.notificationId);
    if (step.kind === 'next_rung') {
      message.state = 'failed';
      message.advanceAtMs = null;
      this.ladders.climb(notification);
      return;
    }
    message.lookUpFirst = step.kind === 'retry' && step.lookUpFirst;
    message.losses = isLoss(outcome) ? result.message.losses : 0;
    message.heldBy = null;
    message.slotAtMs = null;
    if (step.kind === 'retry') {
      message.state = this.stateOfRetry(message, notification);
      message.dueAtMs = this.nowMs + step.delayMs;
      message.uncounted += step.uncounted ? 1 : 0;
      return;
    }
    message.state = 'sent';
    if (notification.state === 'in_progress') this.ladders.end(notification, 'sent');
  }

  /** What was stopped while it was under way does not go back to the queue. */
  private stateOfRetry({ rung }: KeptMessage, { id, state, ladder }: KeptNotification) {
    if (state === 'canceled' || state === 'superseded' || state === 'expired') return state;
    const earlier = this.ladders.messagesOf(id).filter((kept) => kept.rung < rung);
    return hasSucceeded(ladder, earlier) ? 'canceled' : 'queued';
  }

  private isDue({ state, dueAtMs, validUntilMs }: KeptMessage): boolean {
    return state === 'queued' && dueAtMs <= this.nowMs && validUntilMs > this.nowMs;
  }

  /** The messages that wait for an account without a turn, the one that came first in front. */
  private parkedFor(account: string): KeptMessage[] {
    const parked: KeptMessage[] = [];
    for (const kept of this.ladders.openMessages()) {
      if (kept.state === 'queued' && kept.heldBy === account && kept.slotAtMs === null) {
        parked.push(kept);
      }
    }
    return parked;
  }

  private candidate(message: KeptMessage) {
    const { ladder } = this.ladders.notificationOf(message.notificationId);
    const { validUntilMs } = message;
    return {
      id: message.id,
      account: accountOf(message),
      pair: pairOf(message),
      slotAtMs: message.slotAtMs,
      validUntilMs: Number.isFinite(validUntilMs) ? validUntilMs : null,
      hasNextRung: message.rung + 1 < ladder.length,
    };
  }

  /** Begins what is claimed by itself, unless its person was written to a moment ago. */
  private beginAlone(
    message: KeptMessage,
    leaseMs: number,
    how: Partial<Pick<ClaimedMessage, 'probe'>>,
  ): ClaimedMessage | null {
    const isFree = this.accounts?.reserve(accountOf(message), pairOf(message), this.nowMs) ?? true;
    return isFree ? this.begin(message, leaseMs, how) : null;
  }

  private begin(
    message: KeptMessage,
    leaseMs: number,
    how: Partial<Pick<ClaimedMessage, 'probe' | 'instead'>>,
  ): ClaimedMessage {
    const lookUpSince = message.lookUpFirst ? new Date(message.startedAtMs) : null;
    message.state = 'sending';
    message.attempts += 1;
    message.startedAtMs = this.nowMs;
    return this.hold(message, leaseMs, { lookUpSince, ...how });
  }

  private hold(
    message: KeptMessage,
    leaseMs: number,
    how: Partial<Pick<ClaimedMessage, 'probe' | 'instead' | 'lookUpSince' | 'losses'>>,
  ): ClaimedMessage {
    const { ladder } = this.ladders.notificationOf(message.notificationId);
    const { validUntilMs } = message;
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
      lookUpSince: null,
      uncounted: message.uncounted,
      losses: message.losses,
      probe: false,
      instead: null,
      ...how,
    };
  }
}

/** Of what waits for an account: one whose answer was lost asks last, the others when they are due. */
function asksSooner(one: KeptMessage, other: KeptMessage): boolean {
  return one.lookUpFirst === other.lookUpFirst ? one.dueAtMs < other.dueAtMs : other.lookUpFirst;
}

function accountOf({ address }: KeptMessage): string {
  return `${address.channel}:house`;
}

function pairOf({ address }: KeptMessage): string | null {
  return address.channel === 'whatsapp' ? address.phone : null;
}

function isLoss(outcome: AttemptResult['outcome']): boolean {
  return outcome.kind === 'unknown' && outcome.code === 'worker_lost';
}
