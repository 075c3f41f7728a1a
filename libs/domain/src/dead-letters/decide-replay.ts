import type { Recipient } from '../customers/recipient.js';
import type { DispatchCommand } from '../dispatch/dispatch-command.js';
import type { DispatchPlan, Refusal } from '../dispatch/plan.js';
import { type DispatchFacts, type HouseFacts, planDispatch } from '../dispatch/plan-dispatch.js';
import { templateTestEvent } from '../dispatch/send-template-test.js';
import type { ErrorCode } from '../errors.js';

/** Why a failed notification may not go any more. */
export type ReplayRefusal =
  | 'canceled'
  | 'superseded'
  | 'expired'
  | 'consent_withdrawn'
  | 'recipient_gone'
  | ErrorCode;

export type ReplayDecision =
  | { kind: 'replay'; plan: DispatchPlan }
  | { kind: 'refused'; reason: ReplayRefusal };

/** What became of the event since its notification failed. */
export interface EventSince {
  /** Somebody stopped what was not sent yet. */
  canceled: boolean;
  /** A newer event of the same appointment or work order was accepted. */
  superseded: boolean;
}

/**
 * Plans the event anew for one of its recipients, as it would be planned if it came now: by
 * today's address, consent, matrix and template. The times are the event's own.
 */
export function planReplay(
  command: DispatchCommand,
  facts: DispatchFacts,
  house: HouseFacts,
  recipient: Pick<Recipient, 'kind' | 'id'>,
): DispatchPlan | Refusal {
  // A test was of use to whoever tried a text; and planned anew it would lose its mark.
  if (command.eventType === templateTestEvent) {
    return { kind: 'refused', code: 'already_expired', detail: '', fields: {} };
  }
  const isSame = ({ kind, id }: Recipient) => kind === recipient.kind && id === recipient.id;
  return planDispatch(command, { ...facts, staff: facts.staff.filter(isSame) }, house);
}

/** Whether a failed notification goes out once more, and why not. What people wanted comes first. */
export function decideReplay(since: EventSince, plan: DispatchPlan | Refusal): ReplayDecision {
  if (since.canceled) return { kind: 'refused', reason: 'canceled' };
  if (since.superseded) return { kind: 'refused', reason: 'superseded' };
  if (plan.kind === 'plan') return { kind: 'replay', plan };
  return { kind: 'refused', reason: reasonOf(plan) };
}

function reasonOf({ code, decisions = [] }: Refusal): ReplayRefusal {
  switch (code) {
    case 'already_expired':
      return 'expired';
    case 'unknown_customer':
    case 'no_recipients':
      return 'recipient_gone';
    case 'no_reachable_channel': {
      const withdrawn = decisions.some(({ decision }) =>
        decision.some(
          (entry) => entry.verdict === 'left_out' && entry.reason === 'consent_withdrawn',
        ),
      );
      return withdrawn ? 'consent_withdrawn' : code;
    }
    default:
      return code;
  }
}
