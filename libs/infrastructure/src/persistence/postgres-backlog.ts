import type { DataSource, QueryRunner } from 'typeorm';
import {
  type BacklogReading,
  decideOverload,
  drainRate,
  type Overload,
} from '#domain/dispatch/decide-overload.js';
import { Backlog } from '#domain/ports/backlog.js';

/** A count is made at most so often, and only while somebody asks. */
const shortestIntervalMs = 1000;
/** A count that takes long is made less often: it may have this part of a connection's time. */
const mostOfOneConnection = 0.05;
/** A connection that is waited for longer says that the database cannot follow. */
const longestPoolWaitMs = 1000;
const retryAfterPoolWaitSeconds = 5;

interface Reading extends BacklogReading {
  atMs: number;
  /** How long the count took, from which follows when the next is due. */
  tookMs: number;
}

/**
 * The backlog as this process counted it last. A count is bounded: past the limit and a tenth
 * nobody needs to know how much more there is. It rides on the index of waiting messages.
 *
 * The count's own wait for a connection tells how long a dispatch's would be.
 */
export class PostgresBacklog extends Backlog {
  private reading: Reading | undefined;
  private drainedPerSecond: number | null = null;
  /** The last wait for a connection that has ended. */
  private poolWait = { ms: 0, atMs: 0 };
  private waitingSinceMs: number | undefined;
  private counting = false;

  /** @param limit messages that may wait at once; 0 for any number, and nothing is counted */
  constructor(
    private readonly dataSource: DataSource,
    private readonly limit: number,
  ) {
    super();
  }

  overload(tallerId: string | null): Overload | null {
    const nowMs = performance.now();
    if (!this.counting && nowMs >= this.nextCountMs()) void this.count(nowMs);
    if (this.isShortOfConnections(nowMs)) {
      return { of: 'service', retryAfterSeconds: retryAfterPoolWaitSeconds };
    }
    const { reading } = this;
    if (!reading || nowMs > reading.atMs + staleAfterMs(reading)) return null;
    return decideOverload(reading, tallerId, this.limit, this.drainedPerSecond);
  }

  private nextCountMs(): number {
    const last = Math.max(this.reading?.atMs ?? 0, this.poolWait.atMs);
    return last === 0 ? 0 : last + intervalMs(this.reading?.tookMs ?? 0);
  }

  private isShortOfConnections(nowMs: number): boolean {
    const since = this.waitingSinceMs;
    if (since !== undefined && nowMs - since > longestPoolWaitMs) return true;
    // What the last count found holds until the next one had its chance.
    return (
      this.poolWait.ms > longestPoolWaitMs && nowMs - this.poolWait.atMs < 2 * shortestIntervalMs
    );
  }

  private async count(startedMs: number): Promise<void> {
    this.counting = true;
    this.waitingSinceMs = startedMs;
    const runner = this.dataSource.createQueryRunner();
    try {
      await runner.connect();
      this.endOfWait(startedMs);
      if (this.limit > 0) await this.read(runner);
    } catch {
      // Whoever dispatches meets the same fault, and is told of it.
      if (this.waitingSinceMs !== undefined) this.endOfWait(startedMs);
    } finally {
      await runner.release().catch(() => undefined);
      this.counting = false;
    }
  }

  private endOfWait(startedMs: number): void {
    const atMs = performance.now();
    this.poolWait = { ms: atMs - startedMs, atMs };
    this.waitingSinceMs = undefined;
  }

  private async read(runner: QueryRunner): Promise<void> {
    const startedMs = performance.now();
    const bound = Math.ceil(this.limit * 1.1) + 1;
    const rows: { taller_id: string | null; count: number }[] = await runner.query(countWaiting, [
      bound,
    ]);
    const atMs = performance.now();
    const whole = rows.reduce((sum, { count }) => sum + count, 0);
    const before = this.reading;
    // A count at its bound does not show how much left.
    if (before && before.whole < bound) {
      const seconds = (atMs - before.atMs) / 1000;
      this.drainedPerSecond = drainRate(this.drainedPerSecond, before.whole, whole, seconds);
    }
    this.reading = {
      whole,
      byTaller: new Map(rows.flatMap(({ taller_id: id, count }) => (id ? [[id, count]] : []))),
      atMs,
      tookMs: atMs - startedMs,
    };
  }
}

function intervalMs(tookMs: number): number {
  return Math.max(shortestIntervalMs, tookMs / mostOfOneConnection);
}

/** A count of long ago keeps nobody out: the first who asks again starts a new one. */
function staleAfterMs({ tookMs }: Reading): number {
  return 2 * intervalMs(tookMs) + 3000;
}

/** What is held for later (a retry, quiet hours, a provider that is away) keeps nobody out. */
const countWaiting = `
  SELECT taller_id, count(*)::integer AS count FROM (
    SELECT taller_id FROM message
    WHERE state = 'queued' AND due_at <= clock_timestamp()
    LIMIT $1
  ) waiting
  GROUP BY taller_id
`;
