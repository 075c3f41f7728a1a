import type { Change } from '#infrastructure/persistence/change.js';
import type { Changes } from '#infrastructure/persistence/changes.js';
import { KeysInFlight } from './idempotency.js';
import type { Writer } from './writer.js';

/** Runs what a request wants to change: in one transaction, once for each idempotency key. */
export class Writes {
  private readonly inFlight = new KeysInFlight();

  constructor(private readonly changes: Changes) {}

  /** @param work resolves with the answer's body; a repeat under the same key gets it again */
  async run<T>({ author, claim, reply }: Writer, work: (change: Change) => Promise<T>): Promise<T> {
    const { answer, replayed } = await this.inFlight.alone(claim, () =>
      this.changes.runOnce(author, claim, work),
    );
    if (replayed) reply.header('idempotency-replayed', 'true');
    return answer;
  }
}
