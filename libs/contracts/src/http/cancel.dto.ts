import { type NotificationStateName, notificationStates } from './events.dto.js';
import { ids } from './examples.js';
import { ChoiceShown, FlagShown, IdShown, ListShown } from './shown.js';

export class CanceledNotificationView {
  @IdShown('One of the event’s notifications.', ids.notification)
  notification_id: string;

  @ChoiceShown(notificationStates, 'As it is now.', 'canceled')
  state: NotificationStateName;

  @FlagShown('Whether this request stopped it. False for what had ended before.', true)
  canceled: boolean;
}

/** What a cancellation stopped. A message that is just being sent is not called back. */
export class CancelReceipt {
  @IdShown('The event.', ids.event)
  event_id: string;

  @ListShown(CanceledNotificationView, 'All that the event has.')
  notifications: CanceledNotificationView[];
}
