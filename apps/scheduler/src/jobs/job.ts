import type { RunResult } from '#infrastructure/persistence/schedules.js';

/** The run that is due. */
export interface DueRun {
  /** The moment by the database's clock. */
  now: Date;
  /** The zones where the schedule's time has come. */
  zones: readonly string[];
  /** The schedule's own zone, for what belongs to no workshop. */
  homeZone: string;
}

/** What a schedule does. It may be run twice for one due time and must bear it. */
export abstract class ScheduledJob {
  /** The schedule's name in the database. */
  abstract readonly name: string;
  /** Whether the schedule's fields are meant in the zone of every workshop, not in its own alone. */
  readonly inEveryZone: boolean = false;
  /** Does the work; what it gives back stands in the run ledger. */
  abstract run(due: DueRun): Promise<RunResult>;
}
