import type { FactoryProvider, Provider } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Channel } from '#domain/catalog/channels.js';
import { DeliverMessages } from '#domain/delivery/deliver-messages.js';
import { deliveryPolicies } from '#domain/delivery/delivery-policy.js';
import type { ChannelSender } from '#domain/ports/channel-sender.js';
import { DeliveryLedger } from '#domain/ports/delivery-ledger.js';
import { TemplateLibrary } from '#domain/ports/template-library.js';
import { OwnSenders } from '../channels/own-senders.js';
import { SenderByTaller } from '../channels/sender-by-taller.js';
import type { Configuration } from '../config/configuration.js';
import { AccountLine } from '../persistence/accounts/account-line.js';
import { ProviderAccounts } from '../persistence/accounts/provider-accounts.js';
import { Outbox } from '../persistence/outbox.js';
import { PostgresDeliveryLedger } from '../persistence/postgres-delivery-ledger.js';
import { DeliveryQueue } from '../queue/delivery-queue.js';
import { bind } from './bind.js';
import { createSenders } from './senders.js';
import { CONFIGURATION, SENDERS } from './tokens.js';

const senders: FactoryProvider<Map<Channel, ChannelSender>> = {
  provide: SENDERS,
  inject: [CONFIGURATION, DataSource],
  useFactory: (configuration: Configuration, dataSource: DataSource) => {
    const { secretKeys, evolutionTimeoutMs } = configuration;
    const own = new OwnSenders(dataSource, { secretKeys, evolutionTimeoutMs });
    const house = createSenders(configuration);
    // A push subscription belongs to the VAPID key that it was made with, so that is one for all.
    for (const channel of ['email', 'whatsapp'] as const) {
      const sender = house.get(channel);
      if (!sender) continue;
      const timeoutMs = Math.max(sender.timeoutMs, channel === 'whatsapp' ? evolutionTimeoutMs : 0);
      house.set(channel, new SenderByTaller(sender, own, timeoutMs));
    }
    return house;
  },
};

const deliverMessages: FactoryProvider<DeliverMessages> = {
  provide: DeliverMessages,
  inject: [DeliveryLedger, SENDERS, TemplateLibrary, CONFIGURATION],
  useFactory: (
    ledger: DeliveryLedger,
    byChannel: Map<Channel, ChannelSender>,
    templates: TemplateLibrary,
    { delivery, frontendUrl }: Configuration,
  ) =>
    new DeliverMessages(ledger, byChannel, templates, deliveryPolicies(delivery), frontendUrl, {
      monotonicMs: () => performance.now(),
      random: () => Math.random(),
    }),
};

const providerAccounts: FactoryProvider<ProviderAccounts> = {
  provide: ProviderAccounts,
  inject: [DataSource, CONFIGURATION],
  useFactory: (dataSource: DataSource, { pace }: Configuration) =>
    new ProviderAccounts(dataSource, pace),
};

/** Sending what was accepted. Needs database and queue providers. */
export const deliveryProviders: Provider[] = [
  senders,
  providerAccounts,
  bind(AccountLine, [DataSource, ProviderAccounts]),
  {
    ...bind(PostgresDeliveryLedger, [DataSource, DeliveryQueue, ProviderAccounts]),
    provide: DeliveryLedger,
  },
  bind(Outbox, [DataSource]),
  deliverMessages,
];
