import type { EventsQuery } from '#contracts/http/events-query.dto.js';
import type { EventFilter, EventOrder } from '#infrastructure/persistence/events.repository.js';
import type { NamedIds } from '../resources/ids-of-query.js';

/** The query's filters, with the ids of what they name. */
export function readFilter(query: EventsQuery, ids: NamedIds): EventFilter {
  return {
    ...ids,
    search: query.search,
    eventType: query.event_type,
    customerId: query.customer_id,
    target: query.target,
    channel: query.channel,
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
