import type { FactoryProvider, Provider } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Backlog } from '#domain/ports/backlog.js';
import type { Configuration } from '../config/configuration.js';
import { PostgresBacklog } from '../persistence/postgres-backlog.js';
import { CONFIGURATION } from './tokens.js';

const backlog: FactoryProvider<Backlog> = {
  provide: Backlog,
  inject: [DataSource, CONFIGURATION],
  useFactory: (dataSource: DataSource, { backlogLimit }: Configuration) =>
    new PostgresBacklog(dataSource, backlogLimit),
};

/** What keeps events out while too much waits. Where it is not provided, all are taken. */
export const backlogProviders: Provider[] = [backlog];
