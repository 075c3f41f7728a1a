import { setTimeout } from 'node:timers/promises';

/** SQLSTATEs after which the same transaction may be tried again: it left no trace. */
const conflicts = new Set(['40001', '40P01']);

/**
 * SQLSTATEs and socket errors of a database that is going away, coming back or full of
 * connections. Whether a statement under way was committed is then unknown. One that has no room
 * left on its disk (53100) or in its memory (53200) wrote nothing, and may have room again soon.
 */
const outages = new Set([
  ...['08000', '08001', '08003', '08006', '57P01', '57P02', '57P03', '53300', '25006'],
  ...['53100', '53200'],
  ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND'],
]);

/**
 * SQLSTATEs of a database that is there and cannot now: a full disk (53100), no memory (53200), a
 * limit of its own (53400), a lock not had in time (55P03), a statement that took too long
 * (57014), and conflicts that were tried again in vain. Whoever asks later may have more luck.
 */
const overloads = new Set(['53100', '53200', '53400', '55P03', '57014', ...conflicts]);

/** Whether a statement failed for the state of the database, so that it may succeed later. */
export function isForNow(error: unknown): boolean {
  return isOutage(error) || overloads.has(membersOf(error).code);
}

/** Whether the database is out of reach, rather than the statement being at fault. */
export function isOutage(error: unknown): boolean {
  const { code, message } = membersOf(error);
  return outages.has(code) || outOfReach.test(message);
}

/**
 * What pg says of a socket that closed or an answer that stayed away, and its pool of a wait that
 * took too long; TypeORM of a transaction whose connection was cut between two statements; and
 * Postgres of a database that an operator closed, with a code (55000) that it uses for much else.
 */
const outOfReach =
  /Connection terminated|has encountered a connection error|Query read timeout|timeout exceeded when trying to connect|not currently accepting connections|query runner (?:was )?already released/i;

/** Whether Postgres refused a value (22), a breach of the data's rules (23), or a depth (54). */
export function isFaultOfData(error: unknown): boolean {
  return /^(?:22|23|54)[0-9A-Z]{3}$/.test(membersOf(error).code);
}

/** Runs a transaction again when it lost a deadlock or a serialisation conflict, 5 times at most. */
export async function retryDeadlocks<T>(run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run();
    } catch (error) {
      if (attempt >= 5 || !conflicts.has(membersOf(error).code)) throw error;
    }
  }
}

/**
 * What an error says of itself, empty where it does not. TypeORM wraps the driver's and copies its
 * members; pg names the SQLSTATE `code`.
 */
export function membersOf(error: unknown): Record<'code' | 'message' | 'table' | 'detail', string> {
  const members = Object(error);
  const text = (name: string): string => {
    const value: unknown = members[name];
    return typeof value === 'string' ? value : '';
  };
  return {
    code: text('code'),
    message: text('message'),
    table: text('table'),
    detail: text('detail'),
  };
}

/**
 * How long a record waits for the database to come back, or for its disk to have room again,
 * before it is left to the lease.
 */
const patienceMs = 20_000;

/**
 * Runs a statement again, with growing waits, while the database cannot take it for now. Only
 * for what may be run twice: a record is, because its claim's fence lets it in once.
 */
export async function retryThroughOutage<T>(run: () => Promise<T>): Promise<T> {
  const givesUpAt = performance.now() + patienceMs;
  for (let waitMs = 50; ; waitMs = Math.min(waitMs * 2, 2000)) {
    try {
      return await run();
    } catch (error) {
      if (!isForNow(error) || performance.now() + waitMs > givesUpAt) throw error;
      await setTimeout(waitMs);
    }
  }
}
