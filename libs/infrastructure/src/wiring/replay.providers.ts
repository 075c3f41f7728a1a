import type { FactoryProvider, Provider } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { DispatchStore } from '#domain/ports/dispatch-store.js';
import type { Configuration } from '../config/configuration.js';
import { Replays } from '../persistence/dead-letters/replays.js';
import { DeliveryQueue } from '../queue/delivery-queue.js';
import { SyncQueue } from '../queue/sync-queue.js';
import { CONFIGURATION } from './tokens.js';

const replays: FactoryProvider<Replays> = {
  provide: Replays,
  inject: [DataSource, DispatchStore, CONFIGURATION, DeliveryQueue, SyncQueue],
  useFactory: (
    dataSource: DataSource,
    store: DispatchStore,
    { frontendUrl, defaultTallerName }: Configuration,
    queue: DeliveryQueue,
    syncQueue: SyncQueue,
  ) => new Replays(dataSource, store, { frontendUrl, defaultTallerName }, queue, syncQueue),
};

/** Replaying dead letters: at once by the API, by group by the worker. Needs dispatch and sync. */
export const replayProviders: Provider[] = [replays];
