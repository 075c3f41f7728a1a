import type { EventFilter, TallerScope } from './events.repository.js';
import { anywhere } from './find-page.js';

/** The WHERE of a list of events, with its parameters. Values never become part of the text. */
export function eventConditions(
  scope: TallerScope,
  filter: EventFilter,
): { where: string; parameters: unknown[] } {
  const conditions: string[] = [];
  const parameters: unknown[] = [];
  const add = (value: unknown, condition: (placeholder: string) => string) => {
    if (value === undefined) return;
    parameters.push(value);
    conditions.push(condition(`$${parameters.length}`));
  };

  add(scope ?? undefined, (at) => `e.taller_id = ${at}`);
  add(filter.eventType, (at) => `e.event_type = ${at}`);
  add(filter.customerId, (at) => `e.customer_id = ${at}`);
  add(filter.phaseId, (at) => `e.phase_id = ${at}`);
  add(filter.serviceTypeId, (at) => `e.service_type_id = ${at}`);
  add(filter.target, (at) => `e.target = ${at}`);
  add(filter.tallerId, (at) => `e.taller_id IS NOT DISTINCT FROM ${at}::uuid`);
  add(filter.createdAfter, (at) => `e.created_at >= ${at}`);
  add(filter.createdBefore, (at) => `e.created_at < ${at}`);
  add(filter.state, (at) => `EXISTS (${notificationOf} AND n.state = ${at})`);
  add(
    filter.search === undefined ? undefined : anywhere(filter.search),
    (at) => `(${written.map((column) => `${column} ILIKE normalize(${at}, NFC)`).join(' OR ')}
      OR e.customer_id IN (SELECT id FROM customer WHERE search_text LIKE searchable(${at}))
      OR EXISTS (${notificationOf} AND (n.recipient_name ILIKE normalize(${at}, NFC)
        OR n.recipient_id IN (
          SELECT id::text FROM staff_member WHERE search_text LIKE searchable(${at})))))`,
  );
  return {
    where: conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`,
    parameters,
  };
}

// Without accents people are found where that is kept; made anew for each event it took seconds.
const written = ['e.event_type', 'e.customer_id', 'e.vehicle_id', 'e.business_key'];
const notificationOf = 'SELECT 1 FROM notification n WHERE n.event_id = e.id';
