import type { Channel, Target } from '#domain/catalog/channels.js';
import { type NotificationStateName, notificationStates } from './events.dto.js';
import {
  ChannelFilter,
  ChoiceFilter,
  CreatedAfterFilter,
  CreatedBeforeFilter,
  CustomerFilter,
  EventTypeFilter,
  OrderingFilter,
  PhaseFilter,
  ServiceTypeFilter,
  TallerFilter,
  TargetFilter,
} from './filters.js';
import { PageQuery } from './page.dto.js';

export const eventOrderings = [
  '-created_at',
  'created_at',
  'event_type',
  '-event_type',
  'customer_id',
  '-customer_id',
] as const;
export type EventOrdering = (typeof eventOrderings)[number];

export class EventsQuery extends PageQuery {
  @OrderingFilter(eventOrderings, '-created_at')
  ordering?: EventOrdering;

  @EventTypeFilter()
  event_type?: string;

  @CustomerFilter()
  customer_id?: string;

  @PhaseFilter()
  phase_id?: string;

  @ServiceTypeFilter()
  service_type_id?: string;

  @TargetFilter()
  target?: Target;

  @TallerFilter('events without a workshop')
  taller_id?: string;

  @ChannelFilter('Events with a notification that this channel was planned for.')
  channel?: Channel;

  @ChoiceFilter(notificationStates, 'Events with a notification in this state.')
  state?: NotificationStateName;

  @CreatedAfterFilter('Accepted')
  created_after?: string;

  @CreatedBeforeFilter('Accepted')
  created_before?: string;
}
