import { type FactoryProvider, Logger, type Provider } from '@nestjs/common';
import type { ConnectionOptions } from 'bullmq';
import { DataSource } from 'typeorm';
import type { Configuration } from '../config/configuration.js';
import { IdHashes } from '../persistence/erasure/id-hashes.js';
import { RunSyncTask } from '../persistence/sync/run-sync-task.js';
import { SyncTasks } from '../persistence/sync/sync-tasks.js';
import { SyncQueue } from '../queue/sync-queue.js';
import { bind } from './bind.js';
import { CONFIGURATION, QUEUE_CONNECTION } from './tokens.js';

const syncQueue: FactoryProvider<SyncQueue> = {
  provide: SyncQueue,
  inject: [QUEUE_CONNECTION],
  useFactory: (connection: ConnectionOptions) => {
    const logger = new Logger('SyncQueue');
    return new SyncQueue(connection, (error, lost) => {
      logger.warn({
        msg: 'the queue does not answer; the sweep takes over',
        lost,
        error: String(error),
      });
    });
  },
};

const idHashes: FactoryProvider<IdHashes> = {
  provide: IdHashes,
  inject: [CONFIGURATION],
  useFactory: ({ secretKeys }: Configuration) => new IdHashes(secretKeys),
};

const runner: FactoryProvider<RunSyncTask> = {
  provide: RunSyncTask,
  inject: [DataSource, SyncTasks, SyncQueue, IdHashes],
  useFactory: (dataSource: DataSource, tasks: SyncTasks, queue: SyncQueue, hashes: IdHashes) =>
    new RunSyncTask(dataSource, tasks, queue, hashes, () => Math.random()),
};

/** What the core system sends: kept by the API, applied by the worker. Needs database and queue. */
export const syncProviders: Provider[] = [
  syncQueue,
  bind(SyncTasks, [DataSource]),
  idHashes,
  runner,
];
