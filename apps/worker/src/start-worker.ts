import { NestFactory } from '@nestjs/core';
import { DataSource } from 'typeorm';
import type { Channel } from '#domain/catalog/channels.js';
import type { ChannelSender } from '#domain/ports/channel-sender.js';
import type { Configuration } from '#infrastructure/config/configuration.js';
import { createLogger } from '#infrastructure/logging/logger.js';
import { NestLogger } from '#infrastructure/logging/nest-logger.js';
import { serveProbes } from '#infrastructure/process/serve-probes.js';
import { DeliveryQueue } from '#infrastructure/queue/delivery-queue.js';
import { SENDERS } from '#infrastructure/wiring/tokens.js';
import { DeliveryWorkers } from './delivery/delivery-workers.js';
import { Doorman } from './delivery/doorman.js';
import { OutboxRelay } from './outbox/outbox-relay.js';
import { workerModule } from './worker.module.js';

/**
 * Starts delivering. The closing order is what matters: first no new work, then the messages under
 * way, then the connections that they need.
 */
export async function startWorker(
  configuration: Configuration,
): Promise<{ close(): Promise<void> }> {
  const app = await NestFactory.createApplicationContext(workerModule(configuration), {
    logger: new NestLogger(createLogger({ level: configuration.logLevel, name: 'worker' })),
  });
  const workers = app.get(DeliveryWorkers);
  const relay = app.get(OutboxRelay);
  const doorman = app.get(Doorman);
  await workers.start();
  doorman.start();
  relay.start();
  const probes = await serveProbes(configuration.http.probePort, {
    live: () => relay.isTurning(),
    ready: async () => {
      await app.get(DataSource).query('SELECT 1');
      await app.get(DeliveryQueue).probe();
    },
  });
  return {
    async close() {
      await probes.close();
      await relay.close();
      await Promise.all([doorman.close(), workers.close()]);
      await app.get(DeliveryQueue).close();
      const senders = app.get<Map<Channel, ChannelSender>>(SENDERS);
      await Promise.all([...senders.values()].map((sender) => sender.close()));
      await app.get(DataSource).destroy();
      await app.close();
    },
  };
}
