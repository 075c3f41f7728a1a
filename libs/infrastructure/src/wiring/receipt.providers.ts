import type { FactoryProvider, Provider } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { BounceAddresses } from '../channels/smtp/bounce-addresses.js';
import type { Configuration } from '../config/configuration.js';
import { Receipts } from '../persistence/receipts/receipts.js';
import { ReceivedWebhooks } from '../persistence/receipts/received-webhooks.js';
import { DeliveryQueue } from '../queue/delivery-queue.js';
import { bind } from './bind.js';
import { BOUNCE_ADDRESSES, CONFIGURATION } from './tokens.js';

const bounces: FactoryProvider<BounceAddresses | null> = {
  provide: BOUNCE_ADDRESSES,
  inject: [CONFIGURATION],
  useFactory: bounceAddressesOf,
};

/** Null where no mailbox for returned mails is configured. */
export function bounceAddressesOf({
  bounceAddress,
  secretKeys,
}: Configuration): BounceAddresses | null {
  return bounceAddress === null ? null : new BounceAddresses(bounceAddress, secretKeys);
}

/** What providers tell us: kept by the API, applied by the worker. Needs database and queue. */
export const receiptProviders: Provider[] = [
  bounces,
  bind(ReceivedWebhooks, [DataSource]),
  bind(Receipts, [DataSource, DeliveryQueue]),
];
