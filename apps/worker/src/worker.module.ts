import { type DynamicModule, Module } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Configuration } from '#infrastructure/config/configuration.js';
import { SilentLines } from '#infrastructure/persistence/accounts/silent-lines.js';
import { backlogProviders } from '#infrastructure/wiring/backlog.providers.js';
import { bind } from '#infrastructure/wiring/bind.js';
import { databaseProviders } from '#infrastructure/wiring/database.providers.js';
import { deliveryProviders } from '#infrastructure/wiring/delivery.providers.js';
import { dispatchProviders } from '#infrastructure/wiring/dispatch.providers.js';
import { queueProviders } from '#infrastructure/wiring/queue.providers.js';
import { receiptProviders } from '#infrastructure/wiring/receipt.providers.js';
import { replayProviders } from '#infrastructure/wiring/replay.providers.js';
import { syncProviders } from '#infrastructure/wiring/sync.providers.js';
import { CONFIGURATION } from '#infrastructure/wiring/tokens.js';
import { AccountRelay } from './delivery/account-relay.js';
import { DeliveryWorkers } from './delivery/delivery-workers.js';
import { Doorman } from './delivery/doorman.js';
import { SilenceRelay } from './delivery/silence-relay.js';
import { LadderRelay } from './ladders/ladder-relay.js';
import { OutboxRelay } from './outbox/outbox-relay.js';
import { ReceiptRelay } from './receipts/receipt-relay.js';
import { ReplayRelay } from './replays/replay-relay.js';
import { SyncRelay } from './sync/sync-relay.js';
import { SyncWorkers } from './sync/sync-workers.js';

/** The one list of what the worker is made of. */
@Module({})
class WorkerModule {}

export function workerModule(configuration: Configuration): DynamicModule {
  return {
    module: WorkerModule,
    providers: [
      { provide: CONFIGURATION, useValue: configuration },
      ...databaseProviders('ambacar-worker'),
      ...queueProviders,
      ...deliveryProviders,
      ...dispatchProviders,
      ...backlogProviders,
      ...syncProviders,
      ...replayProviders,
      ...receiptProviders,
      DeliveryWorkers,
      Doorman,
      AccountRelay,
      OutboxRelay,
      LadderRelay,
      SyncWorkers,
      SyncRelay,
      ReplayRelay,
      ReceiptRelay,
      SilenceRelay,
      bind(SilentLines, [DataSource]),
    ],
  };
}
