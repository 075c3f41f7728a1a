import type { TemplatesQuery } from '#contracts/http/templates.dto.js';
import type { Setup } from '#domain/orchestration/setup.js';
import type { TemplateFilter } from '#infrastructure/persistence/templates.repository.js';
import { badField } from '../http/problem.js';
import { withIds } from '../http/with-ids.js';

/**
 * The query's filters with slugs turned into ids. A reference that names nothing is a 400.
 *
 * @param tallerId from {@link tallerOfQuery}: the setup has those that are active alone
 */
export function filterOf(
  query: TemplatesQuery,
  setup: Setup,
  tallerId: string | null | undefined,
): TemplateFilter {
  const { service_type_id, phase_id } = query;
  const ids = withIds(setup, { service_type_id, phase_id });
  return {
    search: query.search,
    channel: query.channel,
    target: query.target,
    serviceTypeId: ids.service_type_id,
    phaseId: ids.phase_id,
    subtypeIds: subtypesOf(query.subtype_id, setup),
    tallerId,
    eventType: query.event_type,
    isActive: query.is_active,
  };
}

// A subtype's slug is unique among its siblings only, so it may name several.
function subtypesOf(reference: string | undefined, { serviceTypes }: Setup) {
  if (reference === undefined) return undefined;
  if (reference === 'null') return null;
  const named = serviceTypes
    .flatMap(({ subtypes }) => subtypes)
    .filter(({ id, slug }) => slug === reference || id === reference.toLowerCase());
  if (named.length === 0) throw badField('subtype_id', 'names nothing known');
  return named.map(({ id }) => id);
}
