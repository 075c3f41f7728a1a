import type { AdvanceGoal, MessageState } from './climb-ladder.js';

/** What is said of a message after a provider took it. */
export const receiptKinds = ['delayed', 'bounced', 'delivered', 'read'] as const;
export type ReceiptKind = (typeof receiptKinds)[number];

/**
 * How much each state says of where the message got to. Receipts come late, twice and in any
 * order; a state is only ever left for one that says more, so that they all end alike. That a
 * message arrived is a stronger word than that it came back: bounces are sent by machines on the
 * way, and some of those are wrong.
 */
const evidence: Readonly<Partial<Record<MessageState, number>>> = {
  sent: 0,
  bounced: 1,
  delivered: 2,
  read: 3,
};

/** Whether the message is still on its way, so that what a receipt says must wait for its record. */
export function mustWait(state: MessageState): boolean {
  return state === 'queued' || state === 'sending';
}

/**
 * The message's state once the receipt is known; the same one where it tells nothing new. What
 * ended without being sent stays as it ended.
 */
export function afterReceipt(state: MessageState, receipt: ReceiptKind): MessageState {
  if (receipt === 'delayed') return state;
  const known = evidence[state];
  return known !== undefined && (evidence[receipt] ?? 0) > known ? receipt : state;
}

/** Whether a message in this state is all that its ladder was asked to reach. */
export function closesLadder(state: MessageState, until: AdvanceGoal): boolean {
  return (evidence[state] ?? -1) >= Math.max(evidence.delivered ?? 0, evidence[until] ?? 0);
}

/** What a mail server reports of one recipient (RFC 3464 section 2.3). */
export interface MailReport {
  /** `failed`, `delayed`, `delivered`, `relayed` or `expanded`. */
  action: string;
  /** Enhanced status such as `5.1.1` (RFC 3463); empty where the report names none. */
  status: string;
}

/**
 * What a report comes to. `relayed` and `expanded` say that nobody will report any more, which is
 * nothing to know; null for them.
 *
 * The address is to blame for a mailbox that is not there, moved or disabled; not for a full one,
 * for a refused content or for a server that could not be reached.
 */
export function readMailReport({
  action,
  status,
}: MailReport): { kind: ReceiptKind; addressIsWrong: boolean } | null {
  switch (action.toLowerCase()) {
    case 'delivered':
      return { kind: 'delivered', addressIsWrong: false };
    case 'delayed':
      return { kind: 'delayed', addressIsWrong: false };
    case 'failed':
      return { kind: 'bounced', addressIsWrong: /^5\.(?:1\.(?:1|2|3|6|10)|2\.1)$/.test(status) };
    default:
      return null;
  }
}
