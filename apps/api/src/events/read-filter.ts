import type { EventsQuery } from '#contracts/http/events-query.dto.js';
import { findByReference } from '#domain/catalog/catalog.js';
import type { FieldErrors } from '#domain/errors.js';
import type { Setup } from '#domain/orchestration/setup.js';
import type { EventFilter, EventOrder } from '#infrastructure/persistence/events.repository.js';
import { Problem } from '../http/problem.js';

/** The query's filters with slugs turned into ids. A reference that names nothing is a 400. */
export function readFilter(query: EventsQuery, setup: Setup): EventFilter {
  const unknown: FieldErrors = {};
  const find = (
    field: 'phase_id' | 'service_type_id' | 'taller_id',
    entries: readonly { id: string; slug: string }[],
  ): string | undefined => {
    const reference = query[field];
    if (reference === undefined) return undefined;
    const entry = findByReference(entries, reference);
    if (!entry) unknown[field] = ['names nothing known'];
    return entry?.id;
  };
  const filter: EventFilter = {
    search: query.search,
    eventType: query.event_type,
    customerId: query.customer_id,
    phaseId: find('phase_id', setup.phases),
    serviceTypeId: find('service_type_id', setup.serviceTypes),
    target: query.target,
    tallerId: query.taller_id === 'null' ? null : find('taller_id', setup.talleres),
    state: query.state,
    createdAfter: query.created_after,
    createdBefore: query.created_before,
  };
  if (Object.keys(unknown).length > 0) throw new Problem('validation_failed', { errors: unknown });
  return filter;
}

export function readOrder(ordering: EventsQuery['ordering'] = '-created_at'): EventOrder {
  switch (ordering) {
    case 'created_at':
    case 'event_type':
    case 'customer_id':
      return { column: ordering, descending: false };
    case '-created_at':
      return { column: 'created_at', descending: true };
    case '-event_type':
      return { column: 'event_type', descending: true };
    case '-customer_id':
      return { column: 'customer_id', descending: true };
  }
}
