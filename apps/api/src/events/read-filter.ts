import type { EventsQuery } from '#contracts/http/events-query.dto.js';
import type { Setup } from '#domain/orchestration/setup.js';
import type { EventFilter, EventOrder } from '#infrastructure/persistence/events.repository.js';
import { withIds } from '../http/with-ids.js';

/**
 * The query's filters with slugs turned into ids. A reference that names nothing is a 400.
 *
 * @param tallerId from `tallerOfQuery`: the setup has those that are active alone
 */
export function readFilter(
  query: EventsQuery,
  setup: Setup,
  tallerId: string | null | undefined,
): EventFilter {
  const { phase_id, service_type_id } = query;
  const ids = withIds(setup, { phase_id, service_type_id });
  return {
    search: query.search,
    eventType: query.event_type,
    customerId: query.customer_id,
    phaseId: ids.phase_id,
    serviceTypeId: ids.service_type_id,
    target: query.target,
    tallerId,
    state: query.state,
    createdAfter: query.created_after,
    createdBefore: query.created_before,
  };
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
