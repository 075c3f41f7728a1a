import type { Address, PushAddress, Recipient } from '#domain/customers/recipient.js';
import type { DispatchPlan, PlannedNotification } from '#domain/dispatch/plan.js';
import { planDispatch } from '#domain/dispatch/plan-dispatch.js';
import type { Setup } from '#domain/orchestration/setup.js';
import type { DemoCustomer, DemoPreferences } from '#migrations/seed/demo/demo-customers.js';
import { demoStaff } from '#migrations/seed/demo/demo-staff.js';
import { demoTaller, demoTalleres } from '#migrations/seed/demo/demo-taller.js';
import {
  type InventedMessage,
  type InventedTimelineRow,
  idAt,
  inventDelivery,
} from './invent-delivery.js';
import { type InventedEvent, inventVisits } from './invent-visits.js';

/** A month of the log, as rows by the names of their columns. */
export interface InventedHistory {
  events: Record<string, unknown>[];
  notifications: Record<string, unknown>[];
  messages: InventedMessage[];
  timeline: InventedTimelineRow[];
}

const dayMs = 86_400_000;
const house = { frontendUrl: 'http://localhost:3000', defaultTallerName: demoTaller.name };

/**
 * The past month of the demo's workshops, made with the rules that serve real events: who was
 * told on which channels, with which templates, and what followed a failed attempt. Only visits
 * and providers' answers are invented, from a fixed seed.
 *
 * @param devices push addresses by customer or member of staff
 */
export function inventHistory(
  setup: Setup,
  devices: ReadonlyMap<string, PushAddress>,
  now: Date,
): InventedHistory {
  const history: InventedHistory = { events: [], notifications: [], messages: [], timeline: [] };
  for (const event of inventVisits(now)) {
    const plan = planOf(event, setup, devices);
    // One whom no channel reaches would have been refused, and left no trace.
    if (plan.kind === 'refused') continue;
    const eventId = addEvent(history, event, plan);
    explainSuperseded(history, event, eventId);
    for (const notification of plan.notifications) {
      if (event.stopped) addStopped(history, event, eventId, notification, plan);
      else addDelivered(history, event, eventId, notification, plan, now);
    }
  }
  return history;
}

function planOf(
  { at, command, customer, vehicle }: InventedEvent,
  setup: Setup,
  devices: ReadonlyMap<string, PushAddress>,
) {
  const followers = demoStaff.filter(
    ({ tallerId, phases }) => tallerId === customer.tallerId && phases.includes(command.phase),
  );
  return planDispatch(
    command,
    {
      setup: { ...setup, talleres: demoTalleres },
      now: at,
      customer: {
        recipient: recipientOf('customer', customer, devices),
        tallerId: customer.tallerId,
      },
      vehicle: {
        id: vehicle.id,
        plate: vehicle.plate,
        description: `${vehicle.make} ${vehicle.model} ${vehicle.year}`,
      },
      staff: followers.map((member) => recipientOf('staff', member, devices)),
    },
    house,
  );
}

type Person = Pick<DemoCustomer, 'id' | 'name' | 'email' | 'phone' | 'suppressed'> & {
  preferences: DemoPreferences;
};

function recipientOf(
  kind: Recipient['kind'],
  { id, name, email, phone, preferences, suppressed }: Person,
  devices: ReadonlyMap<string, PushAddress>,
): Recipient {
  const addresses: Address[] = [];
  if (email) addresses.push({ channel: 'email', email });
  if (phone) addresses.push({ channel: 'whatsapp', phone });
  const device = devices.get(id);
  if (device) addresses.push(device);
  const nothingSaid = { enabled: true, priority: null, consentWithdrawn: false };
  const said = Object.entries(preferences).map(([channel, preference]) => [
    channel,
    { ...nothingSaid, ...preference },
  ]);
  return {
    kind,
    id,
    name,
    addresses,
    preferences: Object.fromEntries(said),
    suppressed: suppressed ? [suppressed] : [],
  };
}

function addEvent(history: InventedHistory, event: InventedEvent, plan: DispatchPlan): string {
  const id = idAt(event.at);
  const { serviceType, subtype, phase } = plan.references;
  const { command } = event;
  history.events.push({
    id,
    event_type: command.eventType,
    service_type_id: serviceType.id,
    subtype_id: subtype?.id ?? null,
    phase_id: phase.id,
    taller_id: event.customer.tallerId,
    target: command.target,
    customer_id: command.customerId,
    vehicle_id: command.vehicleId,
    context: command.context,
    business_key: command.businessKey,
    valid_until: plan.validUntil,
    scheduled_for: command.scheduledFor,
    request_id: command.requestId,
    created_at: event.at,
  });
  return id;
}

function addDelivered(
  history: InventedHistory,
  { at, chance }: InventedEvent,
  eventId: string,
  planned: PlannedNotification,
  { validUntil }: DispatchPlan,
  now: Date,
): void {
  const id = idAt(at);
  // What failed in the last days would be tried again by the schedule, and confuse a newcomer.
  const recent = now.getTime() - at.getTime() < 4 * dayMs;
  const delivery = inventDelivery(
    {
      notificationId: id,
      ladder: planned.ladder,
      startsAt: at,
      validUntil,
      fateOn: () => (recent ? 'well' : undefined),
    },
    chance,
  );
  history.notifications.push({
    ...notificationRow(id, eventId, at, planned),
    state: delivery.state,
    state_reason: delivery.stateReason,
    ended_at: delivery.endedAt,
  });
  history.messages.push(...delivery.messages);
  history.timeline.push(...delivery.timeline);
}

/** Canceled or superseded half an hour later, while its first message waited for its hour. */
function addStopped(
  history: InventedHistory,
  { at, stopped }: InventedEvent,
  eventId: string,
  planned: PlannedNotification,
  { validUntil }: DispatchPlan,
): void {
  const id = idAt(at);
  const endedAt = new Date(at.getTime() + dayMs / 48);
  const [rung] = planned.ladder;
  if (!stopped || !rung) return;
  history.notifications.push({
    ...notificationRow(id, eventId, at, planned),
    state: stopped,
    state_reason: null,
    ended_at: endedAt,
  });
  for (const address of rung.addresses) {
    history.messages.push({
      id: idAt(at),
      notification_id: id,
      rung: 0,
      channel: rung.channel,
      address,
      template_version_id: rung.templateVersionId,
      state: stopped,
      state_reason: null,
      attempts: 0,
      valid_until: validUntil.toISOString(),
      provider_message_id: null,
      created_at: at.toISOString(),
      sent_at: null,
    });
  }
  history.timeline.push({
    notification_id: id,
    message_id: null,
    at: endedAt.toISOString(),
    kind: 'ended',
    attempt: null,
    data: { state: stopped },
  });
}

/** An older event of the same appointment says by which newer one it was superseded. */
function explainSuperseded(history: InventedHistory, { command }: InventedEvent, id: string): void {
  if (command.businessKey === null) return;
  const older = history.events.find(
    (event) =>
      event.id !== id &&
      event.business_key === command.businessKey &&
      event.target === command.target,
  );
  const superseded = history.notifications.find((row) => row.event_id === older?.id);
  if (superseded?.state === 'superseded') superseded.state_reason = `event ${id}`;
}

function notificationRow(id: string, eventId: string, at: Date, planned: PlannedNotification) {
  return {
    id,
    event_id: eventId,
    recipient_kind: planned.recipient.kind,
    recipient_id: planned.recipient.id,
    recipient_name: planned.recipient.name,
    variables: planned.variables,
    ladder: planned.ladder,
    decision: planned.decision,
    created_at: at,
  };
}
