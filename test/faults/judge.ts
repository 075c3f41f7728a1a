import type { Arena } from './arena.js';
import { check } from './checker/check.js';
import { arrange } from './checker/evidence.js';
import { readEvidence } from './checker/read-evidence.js';
import { repeats } from './checker/rules/arrived-as-told.js';
import { recoveryMs } from './recovery.js';

export interface Judgement {
  /** One for each broken promise, for people. */
  lines: string[];
  count(rules: readonly string[]): number;
  /** Arrivals beyond the first, by channel. */
  again: Record<string, number>;
  recoveryMs: number[];
}

/** Checks all that has been since the run began, and tells what is new each time. */
export class Judge {
  private readonly known = new Set<string>();
  private again: Record<string, number> = {};
  private recovered = 0;

  constructor(private readonly arena: Arena) {}

  async judge(): Promise<Judgement> {
    const { database, journals, world } = this.arena;
    await world.readOn();
    const client = await database.connect();
    // One moment for all that is read: receipts go on coming.
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const evidence = await readEvidence(client, journals).finally(async () => {
      await client.query('ROLLBACK');
      client.release();
    });
    const run = arrange(evidence);
    const violations = check(evidence).filter(({ rule, ids, says }) => {
      const name = `${rule} ${ids.join(' ')} ${says}`;
      return !this.known.has(name) && this.known.add(name);
    });
    const before = this.again;
    this.again = repeats(run);
    const recovered = recoveryMs(run);
    const fresh = recovered.slice(this.recovered);
    this.recovered = recovered.length;
    return {
      lines: violations.map(({ rule, ids, says }) => `${rule}: ${ids.join(' ')} ${says}`),
      count: (rules) => violations.filter(({ rule }) => rules.includes(rule)).length,
      again: Object.fromEntries(
        Object.entries(this.again).map(([channel, count]) => [
          channel,
          count - (before[channel] ?? 0),
        ]),
      ),
      recoveryMs: fresh,
    };
  }
}
