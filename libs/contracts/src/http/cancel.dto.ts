import { ApiProperty } from '@nestjs/swagger';
import { type NotificationStateName, notificationStates } from './events.dto.js';

export class CanceledNotificationView {
  @ApiProperty({ type: String, format: 'uuid' })
  notification_id: string;

  @ApiProperty({ enum: notificationStates })
  state: NotificationStateName;

  /** Whether this request stopped it. False for what had ended before. */
  @ApiProperty({ type: Boolean })
  canceled: boolean;
}

/** What a cancellation stopped. A message that is just being sent is not called back. */
export class CancelReceipt {
  @ApiProperty({ type: String, format: 'uuid' })
  event_id: string;

  @ApiProperty({ type: [CanceledNotificationView] })
  notifications: CanceledNotificationView[];
}
