import type { DispatchCommand, IdempotencyClaim } from '../dispatch/dispatch-command.js';
import type { DispatchPlan } from '../dispatch/plan.js';
import type { DispatchFacts } from '../dispatch/plan-dispatch.js';
import type { Receipt } from '../dispatch/receipt.js';
import { DispatchStore, type EarlierAnswer } from '../ports/dispatch-store.js';

/** Keeps what was committed, and the answer under each idempotency key. */
export class InMemoryDispatchStore extends DispatchStore {
  readonly committed: { command: DispatchCommand; plan: DispatchPlan }[] = [];
  private readonly answers = new Map<string, EarlierAnswer>();

  constructor(private readonly facts: DispatchFacts) {
    super();
  }

  async read(_command: DispatchCommand, claim: IdempotencyClaim | null) {
    return { facts: this.facts, earlier: this.earlierAnswer(claim) };
  }

  async commit(command: DispatchCommand, plan: DispatchPlan, claim: IdempotencyClaim | null) {
    const earlier = this.earlierAnswer(claim);
    if (earlier) return { kind: 'overtaken' as const, ...earlier };
    this.committed.push({ command, plan });
    const receipt = receiptOf(plan, this.committed.length);
    if (claim) this.answers.set(keyOf(claim), { bodyHash: claim.bodyHash, receipt });
    return { kind: 'committed' as const, receipt };
  }

  private earlierAnswer(claim: IdempotencyClaim | null): EarlierAnswer | null {
    return (claim && this.answers.get(keyOf(claim))) ?? null;
  }
}

function keyOf({ caller, operation, key }: IdempotencyClaim): string {
  return JSON.stringify([caller, operation, key]);
}

function receiptOf(plan: DispatchPlan, number: number): Receipt {
  return {
    eventId: `event-${number}`,
    notifications: plan.notifications.map(({ recipient, ladder }, index) => ({
      notificationId: `notification-${number}-${index}`,
      recipientId: recipient.id,
      recipientName: recipient.name,
      channels: ladder.map(({ channel }) => channel),
      taskId: ladder.length > 0 ? `message-${number}-${index}` : null,
    })),
  };
}
