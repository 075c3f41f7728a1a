import type { FactoryProvider, Provider } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { OwnSenders } from '#infrastructure/channels/own-senders.js';
import { ProviderChecks } from '#infrastructure/channels/provider-checks.js';
import type { Configuration } from '#infrastructure/config/configuration.js';
import { AnalyticsRepository } from '#infrastructure/persistence/analytics.repository.js';
import { MessageLogRepository } from '#infrastructure/persistence/message-log.repository.js';
import { RollUps } from '#infrastructure/persistence/roll-ups.js';
import { bind } from '#infrastructure/wiring/bind.js';
import { createSenders } from '#infrastructure/wiring/senders.js';
import { CONFIGURATION } from '#infrastructure/wiring/tokens.js';

const providerChecks: FactoryProvider<ProviderChecks> = {
  provide: ProviderChecks,
  inject: [CONFIGURATION, DataSource],
  useFactory: (configuration: Configuration, dataSource: DataSource) =>
    new ProviderChecks(createSenders(configuration), new OwnSenders(dataSource, configuration)),
};

/** What the analytics' endpoints need. */
export const analyticsProviders: Provider[] = [
  bind(RollUps, [DataSource]),
  bind(AnalyticsRepository, [DataSource, RollUps]),
  bind(MessageLogRepository, [DataSource]),
  providerChecks,
];
