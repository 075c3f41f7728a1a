import {
  type BackendFactory,
  type ConnectionOptions,
  PostgresConnection,
  PostgresQueueBackend,
  setDefaultBackendFactory,
} from 'bullmq';
import type { Configuration } from '../config/configuration.js';
import { retryDeadlocks } from '../persistence/transient-errors.js';
import { createQueuePool } from './queue-pool.js';

/** Where BullMQ finds its Postgres. */
type QueueAddress = { connectionString: string };

/** Schema of BullMQ's own tables, beside ours in `public`; its name for a pool that it is given. */
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
  setDefaultBackendFactory<PostgresQueueBackend, QueueAddress>(retryingBackend);
  // BullMQ types the option for Redis alone; the factory above reads it.
  const connection: QueueAddress = { connectionString: queue.url };
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
const retryingBackend: BackendFactory<PostgresQueueBackend, QueueAddress> = (
  name,
  options,
  { withBlockingConnection = false } = {},
) => {
  const { connectionString } = options.connection;
  const pool = createQueuePool(connectionString, queueSchema, withBlockingConnection);
  const connection = new PostgresConnection(pool);
  connection.once('close', () => void pool.end());
  const query = connection.pool.query.bind(pool);
  connection.pool.query = (text, values) => retryDeadlocks(() => query(text, values));
  // Workers are found by the name of their LISTEN connection.
  const listenName = withBlockingConnection ? name : undefined;
  return new PostgresQueueBackend(connection, name, options, true, listenName);
};
