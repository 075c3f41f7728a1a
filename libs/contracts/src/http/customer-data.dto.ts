import { ApiProperty } from '@nestjs/swagger';
import { type Channel, channels } from '#domain/catalog/channels.js';
import { CustomerView } from './customers.dto.js';
import { EventBase, MessageView, NotificationDetail } from './events.dto.js';
import { ApiMoment } from './moment.js';
import { PreferencesView } from './preferences.dto.js';
import { ReminderView } from './reminders.dto.js';
import { VehicleView } from './vehicles.dto.js';

export class ExportedReading {
  @ApiProperty({ type: String })
  vehicle_id: string;

  @ApiProperty({ type: String, format: 'date' })
  read_on: string;

  @ApiProperty({ type: 'integer' })
  km: number;
}

/** A browser. Its keys are not told: whoever has them could read what is sent to it. */
export class ExportedSubscription {
  @ApiProperty({ type: String, format: 'uuid' })
  id: string;

  @ApiProperty({ type: String })
  endpoint: string;

  @ApiMoment()
  subscribed_at: string;

  @ApiMoment({ nullable: true })
  ended_at: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'unsubscribed' })
  ended_because: string | null;
}

/** An address that its provider called wrong or gone. */
export class ExportedSuppression {
  @ApiProperty({ enum: channels })
  channel: Channel;

  @ApiProperty({ type: String })
  address: string;

  @ApiProperty({ type: String, example: 'smtp_550' })
  reason: string;

  @ApiMoment()
  since: string;

  /** Null: for good. */
  @ApiMoment({ nullable: true })
  until: string | null;
}

export class ExportedMessage extends MessageView {
  /** Whole where it is the customer's own, masked where it is a member of staff's. */
  @ApiProperty({ type: String, example: 'carlos.mendoza@example.com' })
  declare address: string;
}

export class ExportedNotification extends NotificationDetail {
  /** What the templates were filled with. */
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' } })
  variables: Record<string, string>;

  @ApiProperty({ type: [ExportedMessage] })
  declare messages: ExportedMessage[];
}

export class ExportedEvent extends EventBase {
  @ApiProperty({ type: [ExportedNotification] })
  notifications: ExportedNotification[];
}

/** Everything that is held of one person, as of one moment. */
export class CustomerExport {
  @ApiMoment()
  exported_at: string;

  @ApiProperty({ type: String, example: 'customer-001' })
  customer_id: string;

  /** Null when the customer was deleted; the log may still name him. */
  @ApiProperty({ type: CustomerView, nullable: true })
  customer: CustomerView | null;

  @ApiProperty({ type: PreferencesView, nullable: true })
  preferences: PreferencesView | null;

  @ApiProperty({ type: [VehicleView] })
  vehicles: VehicleView[];

  @ApiProperty({ type: [ExportedReading] })
  odometer_readings: ExportedReading[];

  @ApiProperty({ type: [ReminderView] })
  reminders: ReminderView[];

  @ApiProperty({ type: [ExportedSubscription] })
  push_subscriptions: ExportedSubscription[];

  @ApiProperty({ type: [ExportedSuppression] })
  suppressed_addresses: ExportedSuppression[];

  /** Oldest first. */
  @ApiProperty({ type: [ExportedEvent] })
  events: ExportedEvent[];
}

export class ErasureView {
  @ApiProperty({ enum: ['erased', 'erasing'] })
  state: 'erased' | 'erasing';

  /** What the log names the person by from now on. Random: nothing leads back from it. */
  @ApiProperty({ type: String, example: 'erased-6f1c1f6e-7e0a-4a53-9d8f-0d8f4f0f4c11' })
  pseudonym: string;

  @ApiMoment()
  requested_at: string;

  @ApiMoment({ nullable: true })
  erased_at: string | null;

  /** Events that the log has of him, and now without him. */
  @ApiProperty({ type: 'integer' })
  events: number;

  /** Notifications that were on their way and were stopped. */
  @ApiProperty({ type: 'integer' })
  canceled: number;
}
