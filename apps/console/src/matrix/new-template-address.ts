import type { PhaseView } from '#contracts/client/types.gen.js';
import type { Channel } from './matrix-cells.js';
import type { Choice } from './use-configuration.js';

/** Where a template for a cell is written. */
export function newTemplateAddress(
  { serviceType, target, taller }: Choice,
  phase: PhaseView,
  channel: Channel,
): string {
  const search = new URLSearchParams({
    channel,
    phase: phase.slug,
    service_type: serviceType.slug,
    target,
    ...(taller && { taller: taller.slug }),
  });
  return `/plantillas/nueva?${search}`;
}
