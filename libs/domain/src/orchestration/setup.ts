import type { Phase, ServiceType } from '../catalog/catalog.js';
import type { Channel, Target } from '../catalog/channels.js';
import type { AdvanceGoal } from '../delivery/climb-ladder.js';
import type { CompiledTemplate } from '../ports/template-engine.js';
import type { WhenHeldTooLong } from '../quiet/hold-rung.js';
import type { CalendarDate } from '../reminders/calendar-date.js';
import type { Template } from '../templates/template.js';

/** What a cell says of time; each has a default. */
export interface CellOptions {
  /** Minutes after which the next channel starts, unless `advanceUntil` has come; null: never. */
  advanceAfterMinutes: number | null;
  advanceUntil: AdvanceGoal;
  /** `default`: what can wait is held, and what happens to the vehicle now is not. */
  quietHours: (typeof quietChoices)[number];
  whenHeldTooLong: WhenHeldTooLong;
}

export const quietChoices = ['default', 'hold', 'ignore'] as const;

export const defaultCellOptions: CellOptions = {
  advanceAfterMinutes: null,
  advanceUntil: 'sent',
  quietHours: 'default',
  whenHeldTooLong: 'email',
};

/** One phase × channel decision of the matrix. */
export interface Cell extends CellOptions {
  phaseId: string;
  channel: Channel;
  enabled: boolean;
  /** 1 is tried first, where the recipient has no order of its own. */
  priority: number;
}

/** Which channels fire in which phase, for one service type and target. */
export interface OrchestrationConfig {
  id: string;
  serviceTypeId: string;
  target: Target;
  /** Null: for every workshop without a configuration of its own. */
  tallerId: string | null;
  cells: Cell[];
}

export interface Taller {
  id: string;
  slug: string;
  name: string;
  /** IANA zone, such as `America/Guayaquil`. */
  timeZone: string;
  /** ISO 3166-1 alpha-2; whose public holidays are quiet. */
  country: string;
  /** `HH:MM` of its own clock; null where it keeps none. */
  quietHours: { from: string | null; to: string | null };
  /** Days of its own that are quiet, beside those of its country. */
  holidays: readonly CalendarDate[];
}

/** All that is configured, as one version of it. Immutable; a change makes a new one. */
export interface Setup {
  version: string;
  phases: readonly Phase[];
  serviceTypes: readonly ServiceType[];
  talleres: readonly Taller[];
  configs: readonly OrchestrationConfig[];
  templates: readonly Template[];
  /** The parsed text of a template's version in force. */
  compiled(template: Template): CompiledTemplate;
}

/**
 * The workshop's own configuration for a service type and target, else the global one. One without
 * a single cell decides nothing yet: it was made, and its matrix is still to come. A workshop that
 * wants silence switches cells off.
 */
export function findConfig(
  setup: Setup,
  serviceTypeId: string,
  target: Target,
  tallerId: string | null,
): OrchestrationConfig | undefined {
  const fitting = setup.configs.filter(
    (config) =>
      config.serviceTypeId === serviceTypeId && config.target === target && config.cells.length > 0,
  );
  return (
    (tallerId === null ? undefined : fitting.find((config) => config.tallerId === tallerId)) ??
    fitting.find((config) => config.tallerId === null)
  );
}
