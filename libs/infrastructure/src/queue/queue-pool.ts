import pg from 'pg';

/**
 * The connections of one BullMQ queue or worker, made by us because BullMQ's own can end the
 * process: it takes every listener from the client that LISTENs before it ends it, and gives it
 * one only after it has connected (6.7.0). Postgres stopping in that moment is an 'error' that
 * nobody hears. It does not close what it did not make: whoever makes one ends it.
 *
 * @param listens whether one connection stays with LISTEN, as a worker's does
 */
export function createQueuePool(url: string, schema: string, listens: boolean): pg.Pool {
  return new pg.Pool({
    Client: UnshakenClient,
    connectionString: url,
    // More connections of one worker deadlock in move_to_active, and were slower (BullMQ 6.7.0).
    max: listens ? 2 : 1,
    keepAlive: true,
    // Jobs are wake-ups: a crash of Postgres may take the last ones, and the sweep finds their
    // messages. Waiting for the disk twice for each would be half of an idle message's way.
    options: `-c synchronous_commit=off -c search_path=${pg.escapeIdentifier(schema)}`,
  });
}

/** Always has a listener of its own, whoever removes listeners: queries tell what went wrong. */
class UnshakenClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config);
    this.on('error', () => undefined);
  }

  override removeAllListeners(event?: string | symbol): this {
    // Without one it means all; `undefined` would be a name.
    if (event === undefined) super.removeAllListeners();
    else super.removeAllListeners(event);
    return this.on('error', () => undefined);
  }
}
