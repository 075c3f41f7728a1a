import { type FactoryProvider, Logger, type Provider } from '@nestjs/common';
import type { ConnectionOptions } from 'bullmq';
import type { Configuration } from '../config/configuration.js';
import { checkQueueStore } from '../queue/check-queue-store.js';
import { DeliveryQueue } from '../queue/delivery-queue.js';
import { chooseQueueBackend } from '../queue/queue-backend.js';
import { CONFIGURATION, QUEUE_CONNECTION } from './tokens.js';

const connection: FactoryProvider<ConnectionOptions> = {
  provide: QUEUE_CONNECTION,
  inject: [CONFIGURATION],
  useFactory: async (configuration: Configuration) => {
    const logger = new Logger('QueueStore');
    await checkQueueStore(configuration, (notice) => logger.warn({ msg: notice }));
    return chooseQueueBackend(configuration.queue);
  },
};

const deliveryQueue: FactoryProvider<DeliveryQueue> = {
  provide: DeliveryQueue,
  inject: [QUEUE_CONNECTION],
  useFactory: (options: ConnectionOptions) => {
    const logger = new Logger('DeliveryQueue');
    return new DeliveryQueue(options, (error, lost) => {
      logger.warn({
        msg: 'the queue does not answer; the sweep takes over',
        lost,
        error: String(error),
      });
    });
  },
};

/** The queue that wakes workers, on Postgres or Redis. */
export const queueProviders: Provider[] = [connection, deliveryQueue];
