import type { DispatchReceipt, DispatchRequest } from '#contracts/http/dispatch.dto.js';
import type { IdempotencyClaim } from '#domain/dispatch/dispatch-command.js';
import type {
  DispatchNotification,
  DispatchResult,
} from '#domain/dispatch/dispatch-notification.js';
import type { Refusal } from '#domain/dispatch/plan.js';
import type { Receipt } from '#domain/dispatch/receipt.js';
import type { Caller } from '../access/access.js';
import { KeysInFlight, keyInUse } from '../http/idempotency.js';
import { Problem } from '../http/problem.js';
import { overloadProblem } from './overload-problem.js';
import type { TallerScope } from './taller-scope.js';
import { toCommand } from './to-command.js';

/** Accepts an event for a caller, or throws the {@link Problem} that it is told. */
export class AcceptEvent {
  private readonly inFlight = new KeysInFlight();

  constructor(
    private readonly dispatches: DispatchNotification,
    private readonly scope: TallerScope,
  ) {}

  async accept(
    event: DispatchRequest,
    { tallerId }: Caller,
    requestId: string,
    claim: IdempotencyClaim | null,
  ): Promise<{ receipt: DispatchReceipt; replayed: boolean }> {
    const command = await this.scope.confine(toCommand(event, requestId), tallerId);
    const result = await this.inFlight.alone(claim, () => this.dispatches.execute(command, claim));
    return receiptOf(result);
  }
}

/** What a caller is told of an accepted event; throws for any other result. */
export function receiptOf(result: DispatchResult): { receipt: DispatchReceipt; replayed: boolean } {
  if (result.kind === 'refused') throw toProblem(result);
  if (result.kind === 'overloaded') throw overloadProblem(result);
  if (result.kind === 'key_in_use') throw keyInUse();
  if (result.kind === 'key_reused') throw new Problem('idempotency_key_reused');
  return { receipt: receiptView(result.receipt), replayed: result.replayed };
}

export function toProblem({ code, detail, fields }: Refusal): Problem {
  return new Problem(code, { detail, errors: fields });
}

function receiptView({ eventId, notifications }: Receipt): DispatchReceipt {
  return {
    event_id: eventId,
    notifications: notifications.map((notification) => ({
      notification_id: notification.notificationId,
      recipient_id: notification.recipientId,
      recipient_name: notification.recipientName,
      channels: notification.channels,
      task_id: notification.taskId,
    })),
  };
}
