import type { Channel } from '#domain/catalog/channels.js';
import type { ChannelSender } from '#domain/ports/channel-sender.js';
import { EvolutionSender } from '../channels/evolution/evolution-sender.js';
import { SmtpSender } from '../channels/smtp/smtp-sender.js';
import { UnconfiguredSender } from '../channels/unconfigured-sender.js';
import { WebPushSender } from '../channels/web-push/web-push-sender.js';
import type { Configuration } from '../config/configuration.js';
import { bounceAddressesOf } from './receipt.providers.js';

/** The sender of every channel, by what the environment configures. A new channel adds a line. */
export function createSenders(configuration: Configuration): Map<Channel, ChannelSender> {
  const { email, evolution, push } = configuration;
  return new Map<Channel, ChannelSender>([
    ['email', new SmtpSender(email, {}, bounceAddressesOf(configuration))],
    [
      'whatsapp',
      evolution
        ? new EvolutionSender(evolution)
        : new UnconfiguredSender('whatsapp', [
            'EVOLUTION_API_URL',
            'EVOLUTION_API_KEY',
            'EVOLUTION_INSTANCE',
          ]),
    ],
    [
      'push',
      push
        ? new WebPushSender(push)
        : new UnconfiguredSender('push', [
            'VAPID_PUBLIC_KEY',
            'VAPID_PRIVATE_KEY',
            'VAPID_CONTACT_EMAIL',
          ]),
    ],
  ]);
}
