import { type Channel, channels, type Target, targets } from '#domain/catalog/channels.js';
import { channelDefaults } from '#domain/orchestration/default-cells.js';
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

/** 5 service types × 2 targets, each with 5 phases × 3 channels. */
export const seedConfigs: readonly SeedConfig[] = seedServiceTypes.flatMap((serviceType) =>
  targets.map((target) => ({
    serviceType: serviceType.slug,
    target,
    cells: seedPhases.flatMap((phase) =>
      channels.map((channel) => ({
        phase: phase.slug,
        channel,
        ...channelDefaults[target][channel],
      })),
    ),
  })),
);
