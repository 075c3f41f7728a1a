import type { DispatchReceipt } from '#contracts/http/dispatch.dto.js';
import type { EventDetail } from '#contracts/http/events.dto.js';
import { bodyOf, dispatchPath, exampleEvent, post, type TestApi } from './start-test-api.js';

let made = 0;

/** An event whose first message its provider took. */
export async function makeSentEvent(api: TestApi) {
  const answer = await post(`${api.url}${dispatchPath}`, exampleEvent());
  const { event_id: eventId, notifications } = await bodyOf<DispatchReceipt>(answer);
  const [{ notification_id: notificationId = '', task_id } = {}] = notifications;
  const messageId = task_id ?? '';
  made += 1;
  const providerId = `3EB0${made}`;
  await api.dataSource.query(
    `WITH m AS (UPDATE message SET state = 'sent', channel = 'whatsapp', provider_message_id = $2,
       sent_at = clock_timestamp() WHERE id = $1)
     UPDATE notification SET state = 'sent', ended_at = clock_timestamp() WHERE id = $3`,
    [messageId, providerId, notificationId],
  );
  return { eventId, messageId, providerId };
}

/** The one notification of an event. */
export async function readNotification(api: TestApi, id: string) {
  const answer = await fetch(`${api.url}/api/v1/notifications/events/${id}/`);
  const { notifications } = await bodyOf<EventDetail>(answer);
  const [notification] = notifications;
  if (!notification) throw new Error('nobody was told');
  return notification;
}
