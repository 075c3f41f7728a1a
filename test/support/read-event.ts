import type { EventDetail, NotificationDetail } from '#contracts/http/events.dto.js';

/** The one notification of an event. */
export function only({ notifications }: EventDetail): NotificationDetail {
  const [notification, ...more] = notifications;
  if (!notification || more.length > 0) throw new Error('one notification was expected');
  return notification;
}

/** What the timeline says of attempts and steps, without times and words. */
export function storyOf(event: EventDetail): string[] {
  return only(event)
    .timeline.filter(({ kind }) => !['received', 'planned', 'left_out'].includes(kind))
    .map(({ kind, channel, attempt, outcome, code }) =>
      [kind, channel, attempt, outcome, code].filter((part) => part !== null).join(' '),
    );
}
