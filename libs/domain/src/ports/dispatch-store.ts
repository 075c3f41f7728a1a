import type { DispatchCommand, IdempotencyClaim } from '../dispatch/dispatch-command.js';
import type { DispatchPlan } from '../dispatch/plan.js';
import type { DispatchFacts } from '../dispatch/plan-dispatch.js';
import type { Receipt } from '../dispatch/receipt.js';

/** An earlier answer to the same idempotency key. */
export interface EarlierAnswer {
  bodyHash: Uint8Array;
  receipt: Receipt;
}

/** Where dispatches read what they rest on and write what was decided. */
export abstract class DispatchStore {
  /**
   * Reads all facts of a command in one round trip, shared with the commands that come at the
   * same moment. `earlier` is what was answered before under the same idempotency key.
   */
  abstract read(
    command: DispatchCommand,
    claim: IdempotencyClaim | null,
  ): Promise<{ facts: DispatchFacts; earlier: EarlierAnswer | null }>;

  /**
   * Commits the event, its notifications, the first rung's messages and the idempotency key, all
   * or nothing, and stops what an older event of the same business key has not sent yet. When it
   * resolves, all of it is durable, and workers have been woken or will find it themselves.
   *
   * Gives the earlier answer instead, and writes nothing, where another request with the same
   * key was first; `in_use` while that one is still being written.
   */
  abstract commit(
    command: DispatchCommand,
    plan: DispatchPlan,
    claim: IdempotencyClaim | null,
  ): Promise<
    | { kind: 'committed'; receipt: Receipt }
    | ({ kind: 'overtaken' } & EarlierAnswer)
    | { kind: 'in_use' }
  >;
}
