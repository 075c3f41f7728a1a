import type { FactoryProvider, Provider } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { TemplateEngine } from '#domain/ports/template-engine.js';
import { TemplateLibrary } from '#domain/ports/template-library.js';
import type { Configuration } from '../config/configuration.js';
import { createDataSource } from '../persistence/data-source.js';
import { patiently } from '../persistence/patiently.js';
import { PostgresTemplateLibrary } from '../persistence/postgres-template-library.js';
import { SetupCache } from '../persistence/setup-cache.js';
import { LiquidTemplateEngine } from '../templates/liquid-template-engine.js';
import { bind } from './bind.js';
import { CONFIGURATION } from './tokens.js';

/** The database, and what is read from it once: the configuration and the templates. */
export function databaseProviders(applicationName: string): Provider[] {
  const dataSource: FactoryProvider<DataSource> = {
    provide: DataSource,
    inject: [CONFIGURATION],
    useFactory: ({ database }: Configuration) =>
      patiently(() => createDataSource(database, { applicationName }).initialize()),
  };
  return [
    dataSource,
    { provide: TemplateEngine, useClass: LiquidTemplateEngine },
    bind(SetupCache, [DataSource, TemplateEngine]),
    { ...bind(PostgresTemplateLibrary, [DataSource, TemplateEngine]), provide: TemplateLibrary },
  ];
}
