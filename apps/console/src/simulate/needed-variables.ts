import type { TemplateView } from '#contracts/client/types.gen.js';
import type { Simulation } from './simulation.js';

/**
 * The variables that templates for this simulation name, in the order of `variables`. A workshop's
 * own template may stand before a general one, so it may turn out that fewer are needed.
 */
export function neededVariables(
  templates: readonly TemplateView[],
  simulation: Simulation,
  variables: readonly string[],
): string[] {
  const named = new Set(
    templates.filter((one) => mayServe(one, simulation)).flatMap((one) => one.variables),
  );
  return variables.filter((name) => named.has(name));
}

function mayServe(template: TemplateView, simulation: Simulation): boolean {
  return (
    template.phase_slug === simulation.phase &&
    fits(template.subtype_slug, simulation.subtype) &&
    fits(template.taller_id, simulation.taller) &&
    fits(template.event_type, simulation.eventType)
  );
}

/** Null serves everything. */
function fits(wanted: string | null, is: string): boolean {
  return wanted === null || wanted === is;
}
