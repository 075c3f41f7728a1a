import type { FactoryProvider, Provider } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { DispatchNotification } from '#domain/dispatch/dispatch-notification.js';
import { Backlog } from '#domain/ports/backlog.js';
import { DispatchStore } from '#domain/ports/dispatch-store.js';
import type { Configuration } from '../config/configuration.js';
import { PostgresDispatchStore } from '../persistence/postgres-dispatch-store.js';
import { SetupCache } from '../persistence/setup-cache.js';
import { DeliveryQueue } from '../queue/delivery-queue.js';
import { CONFIGURATION } from './tokens.js';

const store: FactoryProvider<DispatchStore> = {
  provide: DispatchStore,
  inject: [DataSource, SetupCache, CONFIGURATION, DeliveryQueue],
  useFactory: (
    dataSource: DataSource,
    setups: SetupCache,
    { email }: Configuration,
    queue: DeliveryQueue,
  ) => new PostgresDispatchStore(dataSource, setups, email.adminEmails, queue),
};

const dispatch: FactoryProvider<DispatchNotification> = {
  provide: DispatchNotification,
  inject: [DispatchStore, CONFIGURATION, { token: Backlog, optional: true }],
  useFactory: (
    dispatchStore: DispatchStore,
    { frontendUrl, defaultTallerName }: Configuration,
    backlog?: Backlog,
  ) => new DispatchNotification(dispatchStore, { frontendUrl, defaultTallerName }, backlog),
};

/** Accepting events: what the API and the reminders share. Needs database and queue providers. */
export const dispatchProviders: Provider[] = [store, dispatch];
