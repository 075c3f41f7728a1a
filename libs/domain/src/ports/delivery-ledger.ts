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
  /** Earlier attempts that used up no retry. */
  uncounted: number;
  /** Processes in a row that ended while they held the message, the last one included. */
  losses: number;
  /** The attempt asks whether a provider is back that failed before. */
  probe: boolean;
  /** What the attempt came to where no call is made at all; null: it is made. */
  instead: AttemptOutcome | null;
}

/** A provider account that failed, and may be asked now whether it is back. */
export interface AccountToProbe {
  account: string;
  channel: Channel;
  /** The environment's own, not a workshop's. */
  isHouse: boolean;
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
   * late, or for something long done. Those whose provider account takes nothing now are held for
   * later, without an attempt; those that too many processes did not outlive are left to
   * {@link claimSuspect}.
   *
   * @param leaseMs after this time without a record the message counts as lost
   * @param channel that of all the messages; without it no account is looked at
   */
  abstract claim(
    messageIds: readonly string[],
    leaseMs: number,
    channel?: Channel,
  ): Promise<ClaimedMessage[]>;

  /**
   * Lets claims run on for another lease; gives back the ids of those that are still held. Who
   * is not among them can record nothing any more.
   */
  abstract renew(messages: readonly ClaimedMessage[], leaseMs: number): Promise<string[]>;

  /**
   * Claims one message that two processes in a row did not outlive; null when none is due, or when
   * its person was written to a moment ago. Given one at a time, so that it takes nothing with it
   * should it be the cause.
   */
  abstract claimSuspect(leaseMs: number): Promise<ClaimedMessage | null>;

  /**
   * The accounts whose next probe is due, if messages wait for them. Each is given to one process
   * once in 30 s.
   */
  abstract takeProbes(): Promise<AccountToProbe[]>;

  /**
   * Claims the message that waits longest for an account, as its probe; null when none does, or when
   * its person was written to a moment ago.
   */
  abstract claimProbe(account: AccountToProbe, leaseMs: number): Promise<ClaimedMessage | null>;

  /**
   * Takes over messages whose claim ran out without a record, because a process died or hung.
   * Their last attempt may have got through. While the database has not been up for as long as a
   * lease, nobody could renew, and nothing is taken over. `losses` counts the process that died;
   * it is kept with the record, for one that dies before it records did not die of the message.
   *
   * @param leaseMs what the dead process had at most
   * @param settleMs for how long they are held now
   */
  abstract takeOverLost(
    limit: number,
    leaseMs: number,
    settleMs: number,
  ): Promise<ClaimedMessage[]>;

  /**
   * Writes down an attempt's outcome and carries out what follows: done, a later retry, or the
   * next rung (whose messages are made and woken here). Marks the address when the provider
   * called it wrong. Writes nothing when the claim was lost meanwhile.
   */
  abstract record(result: AttemptResult): Promise<void>;
}
