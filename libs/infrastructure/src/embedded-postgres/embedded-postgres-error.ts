/**
 * Why the embedded Postgres does not start:
 * - `in_use`: another living process holds the data folder; `pid` names it
 * - `port_taken`: something else listens on the port that was asked for
 * - `no_right`: a folder or a program cannot be read, written or run by this user
 * - `damaged`: the data is there, and Postgres refuses to run on it
 * - `disk_full`
 * - `unsupported_platform`: there are no binaries for this system, or they were not installed
 * - `failed`: anything else; the message carries Postgres' own last words
 */
export type EmbeddedPostgresFault =
  | 'in_use'
  | 'port_taken'
  | 'no_right'
  | 'damaged'
  | 'disk_full'
  | 'unsupported_platform'
  | 'failed';

/** Thrown by a start that cannot succeed. The message is one sentence with the way out. */
export class EmbeddedPostgresError extends Error {
  constructor(
    readonly fault: EmbeddedPostgresFault,
    message: string,
    /** The folder, program or port that it is about. */
    readonly subject: string,
    readonly pid: number | null = null,
  ) {
    super(message);
    this.name = 'EmbeddedPostgresError';
  }
}
