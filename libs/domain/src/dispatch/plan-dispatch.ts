import { validHoursOf } from '../catalog/event-types.js';
import type { Customer, Vehicle } from '../customers/customer.js';
import type { Recipient } from '../customers/recipient.js';
import { errors, type FieldErrors } from '../errors.js';
import { findConfig, type OrchestrationConfig, type Setup } from '../orchestration/setup.js';
import { type Variables, variablesFrom } from '../templates/variables.js';
import type { DispatchCommand } from './dispatch-command.js';
import type { DispatchPlan, PlannedNotification, Refusal, ResolvedReferences } from './plan.js';
import { type PlanningGround, planNotification } from './plan-notification.js';
import { refuseForRecipients } from './refuse-for-recipients.js';
import { resolveReferences } from './resolve-references.js';

/** All that a decision rests on. The same facts and the same command give the same plan. */
export interface DispatchFacts {
  setup: Setup;
  /** The database's clock. */
  now: Date;
  customer: Customer | null;
  /** The command's vehicle, if it is the customer's. */
  vehicle: Vehicle | null;
  /** For target `staff`: who follows the phase, else the admin mailboxes. */
  staff: Recipient[];
}

/** What the installation says about itself. */
export interface HouseFacts {
  /** Absolute, without a slash at the end; our own links stand under it. */
  frontendUrl: string;
  /** Fills `{{Taller}}` where neither the event nor the customer names a workshop. */
  defaultTallerName: string;
}

/**
 * Turns what happened into who is told what, or into the reasons why not. Pure: `dry_run` calls
 * it and stops, a dispatch calls it and writes the result down.
 */
export function planDispatch(
  command: DispatchCommand,
  facts: DispatchFacts,
  house: HouseFacts,
): DispatchPlan | Refusal {
  const { customer } = facts;
  const references = resolveReferences(command, facts.setup, customer?.tallerId ?? null);
  const unfound = refuseUnfound(command, facts, references);
  if (unfound) return unfound;
  if (isRefusal(references) || !customer) return refuse('unknown_customer', {});

  const config = findConfig(
    facts.setup,
    references.serviceType.id,
    command.target,
    references.taller?.id ?? null,
  );
  const cells = config?.cells.filter(({ phaseId }) => phaseId === references.phase.id) ?? [];
  if (!config || cells.length === 0) return refuseWithoutConfig(command, references, config);

  const variables = variablesOf(command, facts, references, house);
  if (isRefusal(variables)) return variables;
  const times = timesOf(command, facts.now);
  if (isRefusal(times)) return times;

  const recipients = command.target === 'clients' ? [customer.recipient] : facts.staff;
  const notifications = planEach(recipients, {
    command,
    setup: facts.setup,
    references,
    cells,
    variables,
    house,
    ...times,
  });
  if (isRefusal(notifications)) return notifications;
  return {
    kind: 'plan',
    references,
    configId: config.id,
    configScope: config.tallerId === null ? 'global' : 'taller',
    notifications,
    ...times,
  };
}

function planEach(
  recipients: readonly Recipient[],
  ground: PlanningGround,
): PlannedNotification[] | Refusal {
  if (recipients.length === 0) {
    return refuse('no_recipients', { target: [errors.no_recipients.en] });
  }
  const notifications: PlannedNotification[] = [];
  for (const recipient of recipients) {
    const planned = planNotification(recipient, ground);
    if (isRefusal(planned)) return planned;
    notifications.push(planned);
  }
  return refuseForRecipients(notifications) ?? notifications;
}

function refuse(code: Refusal['code'], fields: FieldErrors): Refusal {
  return { kind: 'refused', code, detail: errors[code].en, fields };
}

// Unknown references, customer and vehicle are told together.
function refuseUnfound(
  command: DispatchCommand,
  { customer, vehicle }: DispatchFacts,
  references: ResolvedReferences | Refusal,
): Refusal | undefined {
  const refusal = isRefusal(references) ? references : undefined;
  const fields: FieldErrors = { ...refusal?.fields };
  let code = refusal?.code;
  if (!customer) {
    fields.customer_id = ['names no customer; send it by customers/sync first'];
    code ??= 'unknown_customer';
  } else if (command.vehicleId !== null && !vehicle) {
    fields.vehicle_id = ['names no vehicle of this customer'];
    code ??= 'unknown_vehicle';
  }
  return code && refuse(code, fields);
}

function refuseWithoutConfig(
  command: DispatchCommand,
  { serviceType, phase }: ResolvedReferences,
  config: OrchestrationConfig | undefined,
): Refusal {
  const what = config ? `phase ${phase.slug}` : `service type ${serviceType.slug}`;
  const why = `no orchestration for ${what} and target ${command.target}`;
  return refuse('no_orchestration', { [config ? 'phase_id' : 'service_type_id']: [why] });
}

function timesOf(command: DispatchCommand, now: Date): { dueAt: Date; validUntil: Date } | Refusal {
  const scheduled = command.scheduledFor;
  const dueAt = scheduled && scheduled > now ? scheduled : now;
  const validForMs = validHoursOf(command.eventType) * 3_600_000;
  const validUntil = command.validUntil ?? new Date(dueAt.getTime() + validForMs);
  if (validUntil > dueAt) return { dueAt, validUntil };
  return refuse('already_expired', {
    valid_until: [dueAt === scheduled ? 'must be after scheduled_for' : 'must be in the future'],
  });
}

// The caller's value wins over ours.
function variablesOf(
  command: DispatchCommand,
  { customer, vehicle }: DispatchFacts,
  { phase, taller }: ResolvedReferences,
  house: HouseFacts,
): Variables | Refusal {
  const { values: given, unusable } = variablesFrom(command.context);
  if (unusable.length > 0) {
    const fields: FieldErrors = {};
    for (const { key, why } of unusable) fields[`context.${key}`] = [why];
    return refuse('validation_failed', fields);
  }
  const values: Variables = { Fase: phase.name, Taller: taller?.name ?? house.defaultTallerName };
  if (customer) values.Nombre = customer.recipient.name;
  if (vehicle) {
    values.Placa = vehicle.plate;
    values.Vehículo = vehicle.description;
  }
  return { ...values, ...given };
}

function isRefusal(value: object): value is Refusal {
  return 'kind' in value && value.kind === 'refused';
}
