import type { PhaseView } from '#contracts/client/types.gen.js';
import type { Channel } from './matrix-cells.js';
import type { Choice } from './use-configuration.js';

/** Where a template for a cell is to stand, as the address of a new one says it. */
export function newTemplatePlace(
  { serviceType, target, taller }: Choice,
  phase: PhaseView,
  channel: Channel,
) {
  return {
    channel,
    phase: phase.slug,
    service_type: serviceType.slug,
    target,
    ...(taller && { taller: taller.slug }),
  };
}
