import type { TemplateView } from '#contracts/client/types.gen.js';
import { type Place, placeOf } from './matrix-cells.js';

/**
 * What a cell is told with. `own`: the workshop's own template. `global`: the one of every
 * workshop. `some`: only templates for particular subtypes or event types, so other events have
 * none. A cell that is not in the map has none at all.
 */
export interface Coverage {
  kind: 'own' | 'global' | 'some';
  templateId: string;
}

const rank = { own: 0, global: 1, some: 2 } as const;

/**
 * @param templates the active ones of a service type and target
 * @param tallerId null: no workshop in particular, so no workshop's own counts
 */
export function coverageOf(
  templates: readonly TemplateView[],
  tallerId: string | null,
): ReadonlyMap<Place, Coverage> {
  const best = new Map<Place, Coverage>();
  for (const template of templates) {
    if (template.taller_id !== null && template.taller_id !== tallerId) continue;
    const place = placeOf(template);
    const found = { kind: kindOf(template), templateId: template.id };
    const known = best.get(place);
    if (!known || rank[found.kind] < rank[known.kind]) best.set(place, found);
  }
  return best;
}

function kindOf({ subtype_id, event_type, taller_id }: TemplateView): Coverage['kind'] {
  if (subtype_id !== null || event_type !== null) return 'some';
  return taller_id === null ? 'global' : 'own';
}
