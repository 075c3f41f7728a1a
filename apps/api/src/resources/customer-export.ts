import type {
  CustomerExport,
  ExportedEvent,
  ExportedNotification,
} from '#contracts/http/customer-data.dto.js';
import type { Channel } from '#domain/catalog/channels.js';
import type { Address } from '#domain/customers/recipient.js';
import type { Setup } from '#domain/orchestration/setup.js';
import type { KeptEvent, PersonRecords } from '#infrastructure/persistence/person-records.js';
import { detailOf } from '../events/event-view.js';
import { customerView, preferencesView, vehicleView } from './person-views.js';
import { reminderViewOf } from './reminder-view.js';

/** A person's records as one document, for whoever asks what is held of him. */
export function customerExport(
  customerId: string,
  records: PersonRecords,
  setup: Setup,
): CustomerExport {
  const { customer, preferences } = records;
  return {
    exported_at: new Date().toISOString(),
    customer_id: customerId,
    customer: customer && customerView(customer),
    preferences: preferences && preferencesView(customerId, preferences),
    vehicles: records.vehicles.map(vehicleView),
    odometer_readings: records.readings.map(({ vehicle_id, read_on, km }) => ({
      vehicle_id,
      read_on,
      km,
    })),
    reminders: records.reminders.map(reminderViewOf),
    push_subscriptions: records.subscriptions.map(({ created_at, ended_at, ...kept }) => ({
      ...kept,
      subscribed_at: created_at.toISOString(),
      ended_at: ended_at?.toISOString() ?? null,
    })),
    suppressed_addresses: records.marks.map(({ channel, since, until, ...mark }) => ({
      ...mark,
      channel: channel as Channel,
      since: since.toISOString(),
      until: until?.toISOString() ?? null,
    })),
    events: records.events.map((event) => exportedEvent(event, setup)),
  };
}

function exportedEvent(kept: KeptEvent, setup: Setup): ExportedEvent {
  const detail = detailOf(kept, setup);
  const variables = new Map(kept.notifications.map((row) => [row.id, row.variables]));
  const addresses = new Map(kept.messages.map(({ id, address }) => [id, addressText(address)]));
  return {
    ...detail,
    notifications: detail.notifications.map(
      (notification): ExportedNotification => ({
        ...notification,
        variables: variables.get(notification.id) ?? {},
        messages: notification.messages.map((message) => ({
          ...message,
          address:
            notification.recipient_kind === 'customer'
              ? (addresses.get(message.id) ?? message.address)
              : message.address,
        })),
      }),
    ),
  };
}

function addressText(address: Address): string {
  switch (address.channel) {
    case 'email':
      return address.email;
    case 'whatsapp':
      return address.phone;
    case 'push':
      return address.endpoint;
  }
}
