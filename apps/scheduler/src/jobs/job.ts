import type { RunResult } from '#infrastructure/persistence/schedules.js';

/** What a schedule does. It may be run twice for one due time and must bear it. */
export abstract class ScheduledJob {
  /** The schedule's name in the database. */
  abstract readonly name: string;
  /** Does the work; what it gives back stands in the run ledger. */
  abstract run(): Promise<RunResult>;
}
