import {
  type BackendFactory,
  type ConnectionOptions,
  PostgresConnection,
  type PostgresConnectionOptions,
  PostgresQueueBackend,
  setDefaultBackendFactory,
} from 'bullmq';
import type { Configuration } from '../config/configuration.js';
import { retryDeadlocks } from '../persistence/transient-errors.js';

/** Schema of BullMQ's own tables, beside ours in `public`. */
const queueSchema = 'bullmq';

/**
 * Chooses where BullMQ keeps its jobs, for the whole process, and gives the connection that
 * every queue and worker is made with. Call it before the first of them is made.
 */
export function chooseQueueBackend(queue: Configuration['queue']): ConnectionOptions {
  if (queue.backend === 'redis') {
    setDefaultBackendFactory();
    // A worker's commands wait for Redis to come back however long it takes, and hear of that
    // within 2 s; BullMQ would look every 20 s.
    return { url: queue.url, maxRetriesPerRequest: null, retryStrategy };
  }
  setDefaultBackendFactory<PostgresQueueBackend, PostgresConnectionOptions>(retryingBackend);
  const connection: PostgresConnectionOptions = {
    connectionString: queue.url,
    schema: queueSchema,
    // More connections of one worker deadlock in move_to_active, and were slower (BullMQ 6.7.0).
    max: 1,
    keepAlive: true,
    // Jobs are wake-ups: a crash of Postgres may take the last ones, and the sweep finds their
    // messages. Waiting for the disk twice for each would be half of an idle message's way.
    options: '-c synchronous_commit=off',
  };
  // BullMQ types the option for Redis alone; the factory above reads it.
  return connection as ConnectionOptions;
}

/**
 * The same connection for who writes wake-ups: on Redis a command fails at once while it is away,
 * instead of waiting in memory. The sweep finds the messages of what is dropped.
 */
export function forProducers(connection: ConnectionOptions): ConnectionOptions {
  const onRedis = 'maxRetriesPerRequest' in connection;
  return onRedis
    ? { ...connection, maxRetriesPerRequest: 1, enableOfflineQueue: false }
    : connection;
}

function retryStrategy(times: number): number {
  return Math.min(times * 100, 2000);
}

/**
 * BullMQ's Postgres backend with each command tried again when it lost a deadlock. Without it the
 * completion of a job can be the victim, and the job runs a second time (3 processes, pools of
 * 12: 2 to 24 of 1,200 jobs did). Safe, because each command is a single statement.
 */
const retryingBackend: BackendFactory<PostgresQueueBackend, PostgresConnectionOptions> = (
  name,
  options,
  { withBlockingConnection = false } = {},
) => {
  const connection = new PostgresConnection(options.connection);
  const { pool } = connection;
  const query = pool.query.bind(pool);
  pool.query = (text, values) => retryDeadlocks(() => query(text, values));
  // Workers are found by the name of their LISTEN connection.
  const listenName = withBlockingConnection ? name : undefined;
  return new PostgresQueueBackend(connection, name, options, true, listenName);
};
