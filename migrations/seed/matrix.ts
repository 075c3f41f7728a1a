import { type Channel, channels, type Target, targets } from '#domain/catalog/channels.js';
import { seedPhases, seedServiceTypes } from './catalog.js';

/** One phase × channel setting of a seeded configuration. Phases and types by slug. */
export interface SeedCell {
  phase: string;
  channel: Channel;
  enabled: boolean;
  /** 1 is tried first. */
  priority: number;
}

/** A global configuration: for every workshop without one of its own. */
export interface SeedConfig {
  serviceType: string;
  target: Target;
  cells: SeedCell[];
}

/**
 * Customers read WhatsApp first; an e-mail is the last way left. Staff have push and e-mail, and
 * no WhatsApp until a workshop wants it: it would share the customers' number and pace.
 */
const defaults: Readonly<
  Record<Target, Readonly<Record<Channel, { enabled: boolean; priority: number }>>>
> = {
  clients: {
    whatsapp: { enabled: true, priority: 1 },
    push: { enabled: true, priority: 2 },
    email: { enabled: true, priority: 3 },
  },
  staff: {
    push: { enabled: true, priority: 1 },
    email: { enabled: true, priority: 2 },
    whatsapp: { enabled: false, priority: 3 },
  },
};

/** 5 service types × 2 targets, each with 5 phases × 3 channels. */
export const seedConfigs: readonly SeedConfig[] = seedServiceTypes.flatMap((serviceType) =>
  targets.map((target) => ({
    serviceType: serviceType.slug,
    target,
    cells: seedPhases.flatMap((phase) =>
      channels.map((channel) => ({ phase: phase.slug, channel, ...defaults[target][channel] })),
    ),
  })),
);
