import { type Channel, channels, type Target, targets } from '../catalog/channels.js';
import { findConfig, type Setup } from '../orchestration/setup.js';
import { chooseTemplate, type TemplateSource } from './choose-template.js';
import type { Template } from './template.js';

/** What a cell of the matrix has to say: its text, none though it is on, or nothing as it is off. */
export const coverageStates = ['covered', 'missing', 'off'] as const;
export type CoverageState = (typeof coverageStates)[number];

/** One place of the matrix with the template that an event there would be told with. */
export interface CoverageCell {
  serviceTypeId: string;
  phaseId: string;
  channel: Channel;
  target: Target;
  state: CoverageState;
  /** Also where the cell is off, as far as there is one: it would serve at once. */
  chosen: { template: Template; source: TemplateSource } | undefined;
}

/**
 * Every place of the matrix, in the order of the catalog: service type, target, phase, channel.
 * Templates of one subtype or one event type alone do not cover a place.
 *
 * @param tallerId whose matrix and templates are looked at; null: those of every workshop
 */
export function templateCoverage(setup: Setup, tallerId: string | null): CoverageCell[] {
  return setup.serviceTypes.flatMap(({ id: serviceTypeId }) =>
    targets.flatMap((target) => {
      const cells = findConfig(setup, serviceTypeId, target, tallerId)?.cells ?? [];
      return setup.phases.flatMap(({ id: phaseId }) =>
        channels.map((channel) => {
          const cell = cells.find((each) => each.phaseId === phaseId && each.channel === channel);
          const place = { serviceTypeId, phaseId, channel, target };
          const chosen = chooseTemplate(setup.templates, {
            ...place,
            tallerId,
            subtypeId: null,
            // No event has an empty type.
            eventType: '',
          });
          return { ...place, chosen, state: stateOf(cell?.enabled ?? false, chosen) };
        }),
      );
    }),
  );
}

function stateOf(isOn: boolean, chosen: CoverageCell['chosen']): CoverageState {
  if (!isOn) return 'off';
  return chosen ? 'covered' : 'missing';
}
