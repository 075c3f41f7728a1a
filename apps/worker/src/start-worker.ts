import { setTimeout as pause } from 'node:timers/promises';
import { type INestApplicationContext, Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DataSource } from 'typeorm';
import type { Channel } from '#domain/catalog/channels.js';
import type { ChannelSender } from '#domain/ports/channel-sender.js';
import type { Configuration } from '#infrastructure/config/configuration.js';
import { createLogger } from '#infrastructure/logging/logger.js';
import { NestLogger } from '#infrastructure/logging/nest-logger.js';
import { overdueChannels } from '#infrastructure/persistence/overdue-channels.js';
import { closeInTime } from '#infrastructure/process/close-in-time.js';
import { serveProbes } from '#infrastructure/process/serve-probes.js';
import { DeliveryQueue } from '#infrastructure/queue/delivery-queue.js';
import { SyncQueue } from '#infrastructure/queue/sync-queue.js';
import { SENDERS } from '#infrastructure/wiring/tokens.js';
import { AccountRelay } from './delivery/account-relay.js';
import { DeliveryWorkers } from './delivery/delivery-workers.js';
import { Doorman } from './delivery/doorman.js';
import { Progress } from './delivery/progress.js';
import { SilenceRelay } from './delivery/silence-relay.js';
import { LadderRelay } from './ladders/ladder-relay.js';
import { OutboxRelay } from './outbox/outbox-relay.js';
import { ReceiptRelay } from './receipts/receipt-relay.js';
import { ReplayRelay } from './replays/replay-relay.js';
import { SyncRelay } from './sync/sync-relay.js';
import { SyncWorkers } from './sync/sync-workers.js';
import { workerModule } from './worker.module.js';

/** How long the queue's store is waited for at the start. */
const startsWithinMs = 5000;
/**
 * Starts delivering, and applying what the core system sent. The closing order is what matters:
 * first no new work, then what is under way, then the connections that it needs.
 */
export async function startWorker(
  configuration: Configuration,
): Promise<{ close(): Promise<void> }> {
  const app = await NestFactory.createApplicationContext(workerModule(configuration), {
    abortOnError: false,
    logger: new NestLogger(createLogger({ level: configuration.logLevel, name: 'worker' })),
  });
  const workers = app.get(DeliveryWorkers);
  const syncWorkers = app.get(SyncWorkers);
  const sweeps = [OutboxRelay, LadderRelay, SyncRelay, ReplayRelay, ReceiptRelay, SilenceRelay].map(
    (relay) => app.get(relay).sweep,
  );
  const progress = progressOf(app);
  sweeps.push(progress.sweep);
  const queues = [app.get(DeliveryQueue), app.get(SyncQueue)];
  const doorman = app.get(Doorman);
  const accounts = app.get(AccountRelay);
  await accounts.start();
  // A Redis that is away is no reason not to start: new messages come by the doorbell meanwhile.
  const started = Promise.all([workers.start(), syncWorkers.start()]);
  await Promise.race([started, pause(startsWithinMs, undefined, { ref: false })]);
  doorman.start();
  for (const sweep of sweeps) sweep.start();
  const probes = await serveProbes(configuration.http.probePort, {
    live: () => progress.isMade() && sweeps.every((sweep) => sweep.isTurning()),
    ready: async () => {
      await app.get(DataSource).query('SELECT 1');
      for (const queue of queues) await queue.probe();
    },
  });
  return {
    async close() {
      probes.refuse();
      await closeInTime({
        drain: () =>
          Promise.all([
            ...sweeps.map((sweep) => sweep.close()),
            ...[doorman, accounts, workers, syncWorkers].map((part) => part.close()),
          ]),
        letGo: () => letGo(app),
        onTrouble: (trouble) => new Logger('Worker').warn({ msg: trouble }),
      });
      await probes.close();
    },
  };
}

function progressOf(app: INestApplicationContext): Progress {
  return new Progress({
    queueAnswers: () => app.get(DeliveryQueue).probe(),
    overdueChannels: (forMs) => overdueChannels(app.get(DataSource), forMs),
    silentForMs: (channel) => app.get(DeliveryWorkers).silentForMs(channel),
  });
}

async function letGo(app: INestApplicationContext): Promise<void> {
  await Promise.all([DeliveryQueue, SyncQueue].map((queue) => app.get(queue).close()));
  const senders = app.get<Map<Channel, ChannelSender>>(SENDERS);
  await Promise.all([...senders.values()].map((sender) => sender.close()));
  await app.get(DataSource).destroy();
  await app.close();
}
