import type { EventFilter, TallerScope } from './events.repository.js';

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
    filter.search === undefined ? undefined : `%${escapeLike(filter.search)}%`,
    (at) => `(e.event_type ILIKE ${at} OR e.customer_id ILIKE ${at} OR e.vehicle_id ILIKE ${at}
      OR e.business_key ILIKE ${at}
      OR EXISTS (${notificationOf} AND n.recipient_name ILIKE ${at}))`,
  );
  return {
    where: conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`,
    parameters,
  };
}

const notificationOf = 'SELECT 1 FROM notification n WHERE n.event_id = e.id';

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}
