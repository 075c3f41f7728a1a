import type { Backlog } from '../ports/backlog.js';
import type { DispatchStore, EarlierAnswer } from '../ports/dispatch-store.js';
import type { Overload } from './decide-overload.js';
import type { DispatchCommand, IdempotencyClaim } from './dispatch-command.js';
import type { DispatchPlan, Refusal } from './plan.js';
import { type HouseFacts, planDispatch } from './plan-dispatch.js';
import type { Receipt } from './receipt.js';

export type DispatchResult =
  | { kind: 'accepted'; receipt: Receipt; replayed: boolean }
  | Refusal
  /** The idempotency key was used before with another body. */
  | { kind: 'key_reused' }
  /** The first request with the idempotency key still runs, in another process. */
  | { kind: 'key_in_use' }
  /** Too much waits already; nothing was written. */
  | ({ kind: 'overloaded' } & Overload);

/** Accepts what happened in a workshop: resolves it, renders it, commits it. */
export class DispatchNotification {
  /** @param backlog keeps events out while too much waits; without one all are taken */
  constructor(
    private readonly store: DispatchStore,
    private readonly house: HouseFacts,
    private readonly backlog: Backlog | null = null,
  ) {}

  /**
   * Accepts an event. `accepted` means committed: it will be delivered, or end with a recorded
   * reason. Throws only for failures of ours; nothing half-done is left then.
   */
  async execute(command: DispatchCommand, claim: IdempotencyClaim | null): Promise<DispatchResult> {
    // Before anything is read: a service that is full must not pay for saying so.
    const full = this.backlog?.overload(null);
    if (full) return { kind: 'overloaded', ...full };
    const { facts, earlier } = await this.store.read(command, claim);
    if (earlier && claim) return answerAgain(earlier, claim);
    const plan = planDispatch(command, facts, this.house);
    if (plan.kind === 'refused') return plan;
    const ownFull = this.backlog?.overload(plan.references.taller?.id ?? null);
    if (ownFull) return { kind: 'overloaded', ...ownFull };
    const result = await this.store.commit(command, plan, claim);
    if (result.kind === 'overtaken' && claim) return answerAgain(result, claim);
    if (result.kind === 'in_use') return { kind: 'key_in_use' };
    return { kind: 'accepted', receipt: result.receipt, replayed: false };
  }

  /** The decision in full, with nothing written and nothing sent. */
  async rehearse(command: DispatchCommand): Promise<DispatchPlan | Refusal> {
    const { facts } = await this.store.read(command, null);
    return planDispatch(command, facts, this.house);
  }
}

/** What a repeat under an idempotency key gets. */
export function answerAgain(earlier: EarlierAnswer, claim: IdempotencyClaim): DispatchResult {
  const same =
    earlier.bodyHash.length === claim.bodyHash.length &&
    earlier.bodyHash.every((byte, index) => byte === claim.bodyHash[index]);
  return same
    ? { kind: 'accepted', receipt: earlier.receipt, replayed: true }
    : { kind: 'key_reused' };
}
