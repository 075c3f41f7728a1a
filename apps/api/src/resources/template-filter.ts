import type { TemplatesQuery } from '#contracts/http/templates.dto.js';
import type { Setup } from '#domain/orchestration/setup.js';
import type { TemplateFilter } from '#infrastructure/persistence/templates.repository.js';
import { badField } from '../http/problem.js';
import type { NamedIds } from './ids-of-query.js';

/**
 * The query's filters with slugs turned into ids. A subtype that there is not is a 400.
 *
 * @param ids from `idsOfQuery`
 */
export function filterOf(query: TemplatesQuery, setup: Setup, ids: NamedIds): TemplateFilter {
  return {
    ...ids,
    search: query.search,
    channel: query.channel,
    target: query.target,
    subtypeIds: subtypesOf(query.subtype_id, setup),
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
