import type { Channel } from '../catalog/channels.js';
import type { Address } from '../customers/recipient.js';
import type { AttemptOutcome } from '../delivery/attempt-outcome.js';
import type { NextStep } from '../delivery/decide-next-step.js';
import type { Variables } from '../templates/variables.js';

/** A message that this process alone may send until its lease ends. */
export interface ClaimedMessage {
  id: string;
  notificationId: string;
  /** The workshop whose senders carry the message; null: the house's. */
  tallerId: string | null;
  channel: Channel;
  /** Place of the message's rung on the ladder, from 0. */
  rung: number;
  hasNextRung: boolean;
  address: Address;
  recipientName: string;
  variables: Variables;
  templateVersionId: string;
  priority: 'normal' | 'high';
  /** The attempt that the claim began, from 1; without gap. */
  attempt: number;
  /** Who holds an older fence can record nothing. */
  fence: number;
  validForMs: number | null;
  /** When an earlier attempt's answer was lost: when that attempt began. */
  lookUpSince: Date | null;
}

/** An attempt that ended, and what follows. */
export interface AttemptResult {
  message: ClaimedMessage;
  outcome: AttemptOutcome;
  step: NextStep;
  durationMs: number;
}

/** The record of what was tried, on the database's clock. */
export abstract class DeliveryLedger {
  /**
   * Claims those of the messages that are due, unclaimed and still of use, writes down that an
   * attempt begins, and gives them back. The others are left alone: a wake-up may come twice,
   * late, or for something long done.
   *
   * @param leaseMs after this time without a record the message counts as lost
   */
  abstract claim(messageIds: readonly string[], leaseMs: number): Promise<ClaimedMessage[]>;

  /**
   * Takes over messages whose claim ran out without a record, because a process died or hung.
   * Their last attempt may have got through.
   */
  abstract takeOverLost(limit: number, leaseMs: number): Promise<ClaimedMessage[]>;

  /**
   * Writes down an attempt's outcome and carries out what follows: done, a later retry, or the
   * next rung (whose messages are made and woken here). Marks the address when the provider
   * called it wrong. Writes nothing when the claim was lost meanwhile.
   */
  abstract record(result: AttemptResult): Promise<void>;
}
