import { type Channel, channels } from '#domain/catalog/channels.js';
import { CustomerView } from './customers.dto.js';
import { EventBase, MessageView, NotificationDetail } from './events.dto.js';
import { context, ids, texts, times } from './examples.js';
import { PreferencesView } from './preferences.dto.js';
import { ReminderView } from './reminders.dto.js';
import {
  ChoiceShown,
  DayShown,
  IdShown,
  IntegerShown,
  ListShown,
  MapShown,
  MomentShown,
  ObjectShown,
  orNull,
  TextShown,
} from './shown.js';
import { VehicleView } from './vehicles.dto.js';

export class ExportedReading {
  @TextShown("The core system's own id of the vehicle.", texts.vehicleId)
  vehicle_id: string;

  @DayShown('The day of the reading.', '2026-01-20')
  read_on: string;

  @IntegerShown('Kilometres.', 9120)
  km: number;
}

/** A browser. Its keys are not told: whoever has them could read what is sent to it. */
export class ExportedSubscription {
  @IdShown('The subscription.', ids.subscription)
  id: string;

  @TextShown('Its address at the push service.', texts.endpoint)
  endpoint: string;

  @MomentShown('When it last subscribed.')
  subscribed_at: string;

  @MomentShown('When it ended; null: it goes on.', null, orNull)
  ended_at: string | null;

  @TextShown('Stable code. Why it ended, such as `unsubscribed`.', null, orNull)
  ended_because: string | null;
}

/** An address that its provider called wrong or gone. */
export class ExportedSuppression {
  @ChoiceShown(channels, 'The channel.', 'email')
  channel: Channel;

  @TextShown('The address, whole.', texts.email)
  address: string;

  @TextShown('What the provider said.', 'smtp_550')
  reason: string;

  @MomentShown('Since when nothing is sent there.')
  since: string;

  @MomentShown('Until when; null: for good.', null, orNull)
  until: string | null;
}

export class ExportedMessage extends MessageView {
  @TextShown(
    "Whole where it is the customer's own, masked where it is a member of staff's.",
    texts.email,
  )
  declare address: string;
}

export class ExportedNotification extends NotificationDetail {
  @MapShown(
    'What the templates were filled with.',
    { Nombre: context.nombre, Placa: context.placa },
    {
      of: { type: 'string' },
    },
  )
  variables: Record<string, string>;

  @ListShown(ExportedMessage, 'In the order of the tries.')
  declare messages: ExportedMessage[];
}

export class ExportedEvent extends EventBase {
  @ListShown(ExportedNotification, 'One for each person told.')
  notifications: ExportedNotification[];
}

/** Everything that is held of one person, as of one moment. */
export class CustomerExport {
  @MomentShown('The moment that all of it is of.', times.read)
  exported_at: string;

  @TextShown("The core system's own id.", texts.customerId)
  customer_id: string;

  @ObjectShown(
    CustomerView,
    'Null when the customer was deleted; the log may still name him.',
    orNull,
  )
  customer: CustomerView | null;

  @ObjectShown(PreferencesView, 'How he wants to be told; null when he was deleted.', orNull)
  preferences: PreferencesView | null;

  @ListShown(VehicleView, 'His vehicles.')
  vehicles: VehicleView[];

  @ListShown(ExportedReading, 'What their odometers showed.')
  odometer_readings: ExportedReading[];

  @ListShown(ReminderView, 'What is or was due for them.')
  reminders: ReminderView[];

  @ListShown(ExportedSubscription, 'His browsers.')
  push_subscriptions: ExportedSubscription[];

  @ListShown(ExportedSuppression, 'Addresses of his that a provider called wrong or gone.')
  suppressed_addresses: ExportedSuppression[];

  @ListShown(ExportedEvent, 'Oldest first.')
  events: ExportedEvent[];
}

export class ErasureView {
  @ChoiceShown(['erased', 'erasing'], '`erasing`: it goes on, and nobody need ask again.', 'erased')
  state: 'erased' | 'erasing';

  @TextShown(
    'What the log names the person by from now on. Random: nothing leads back from it.',
    'erased-6f1c1f6e-7e0a-4a53-9d8f-0d8f4f0f4c11',
  )
  pseudonym: string;

  @MomentShown('When it was first asked for.')
  requested_at: string;

  @MomentShown('When it was done; null while it goes on.', times.sent, orNull)
  erased_at: string | null;

  @IntegerShown('Events that the log has of him, and now without him.', 14)
  events: number;

  @IntegerShown('Notifications that were on their way and were stopped.', 1)
  canceled: number;
}
