import type { Phase, ServiceType } from '../catalog/catalog.js';
import { type Channel, channels } from '../catalog/channels.js';
import type { Customer, Vehicle } from '../customers/customer.js';
import type { Address, Recipient } from '../customers/recipient.js';
import type { DispatchCommand } from '../dispatch/dispatch-command.js';
import type { DispatchFacts, HouseFacts } from '../dispatch/plan-dispatch.js';
import {
  type Cell,
  defaultCellOptions,
  type OrchestrationConfig,
  type Setup,
  type Taller,
} from '../orchestration/setup.js';
import type { Parts, Template } from '../templates/template.js';
import { PlainTemplateEngine } from './plain-template-engine.js';

// Things of the domain that are right as they stand; a test names only what it is about.

export const reception: Phase = {
  id: '00000000-0000-7000-8000-000000000001',
  slug: 'phase-reception',
  name: 'Recepción',
  icon: '',
  order: 2,
};

export const repair: ServiceType = {
  id: '00000000-0000-7000-8000-000000000002',
  slug: 'averia-revision',
  name: 'Avería/Revisión',
  icon: '',
  subtypes: [
    {
      id: '00000000-0000-7000-8000-000000000003',
      slug: 'averia-frenos',
      name: 'Frenos',
      icon: '',
    },
  ],
};

export const quito: Taller = {
  id: '00000000-0000-7000-8000-000000000004',
  slug: 'ambacar-quito',
  name: 'Ambacar Quito',
  timeZone: 'America/Guayaquil',
  country: 'EC',
  quietHours: { from: '20:00', to: '08:00' },
  holidays: [],
};

export const aHouse: HouseFacts = {
  frontendUrl: 'https://app.example.com',
  defaultTallerName: 'Ambacar Service',
};

export function anAddressOn(channel: Channel, device = 1): Address {
  switch (channel) {
    case 'email':
      return { channel, email: 'carlos@example.com' };
    case 'whatsapp':
      return { channel, phone: '+593990000001' };
    case 'push':
      return {
        channel,
        subscriptionId: `device-${device}`,
        endpoint: `https://push.example.com/${device}`,
        p256dh: 'p256dh',
        auth: 'auth',
      };
  }
}

export function aRecipient(given: Partial<Recipient> = {}): Recipient {
  return {
    kind: 'customer',
    id: 'customer-001',
    name: 'Carlos Mendoza',
    addresses: channels.map((channel) => anAddressOn(channel)),
    preferences: {},
    suppressed: [],
    ...given,
  };
}

export function aCustomer(given: Partial<Customer> = {}): Customer {
  return { recipient: aRecipient(), tallerId: null, ...given };
}

export function aVehicle(given: Partial<Vehicle> = {}): Vehicle {
  return { id: 'vehicle-001', plate: 'ABC123', description: 'Haval H6 2024', ...given };
}

export function aCell(given: Partial<Cell> = {}): Cell {
  return {
    phaseId: reception.id,
    channel: 'email',
    enabled: true,
    priority: 1,
    ...defaultCellOptions,
    ...given,
  };
}

/** All channels on, in the order of the channel list. */
export function aConfig(given: Partial<OrchestrationConfig> = {}): OrchestrationConfig {
  return {
    id: 'config-global',
    serviceTypeId: repair.id,
    target: 'clients',
    tallerId: null,
    cells: channels.map((channel, index) => aCell({ channel, priority: index + 1 })),
    ...given,
  };
}

export function aTemplate(given: Partial<Template> = {}): Template {
  const channel = given.channel ?? 'email';
  const id = given.id ?? `template-${channel}`;
  return {
    id,
    versionId: `${id}-v1`,
    version: 1,
    name: id,
    channel,
    target: 'clients',
    phaseId: reception.id,
    serviceTypeId: repair.id,
    subtypeId: null,
    tallerId: null,
    eventType: null,
    ...given,
  };
}

const defaultParts: Record<Channel, Parts> = {
  email: { subject: '{{Vehículo}}', html: '<p>{{Nombre}}</p>', text: '{{Nombre}}' },
  whatsapp: { text: '{{Nombre}}: {{Vehículo}}' },
  push: { title: '{{Fase}}', body: '{{Nombre}}', url: '/vehicles/{{Placa}}' },
};

/** @param texts the parts of template versions that have others than the channel's default */
export function aSetup(
  given: Partial<Omit<Setup, 'compiled'>> = {},
  texts: Readonly<Record<string, Parts>> = {},
): Setup {
  const engine = new PlainTemplateEngine();
  return {
    version: '1',
    phases: [reception],
    serviceTypes: [repair],
    talleres: [quito],
    configs: [aConfig(), aConfig({ id: 'config-staff', target: 'staff' })],
    templates: channels.flatMap((channel) => [
      aTemplate({ channel }),
      aTemplate({ id: `staff-${channel}`, channel, target: 'staff' }),
    ]),
    compiled: ({ versionId, channel }) => engine.compile(texts[versionId] ?? defaultParts[channel]),
    ...given,
  };
}

export function aCommand(given: Partial<DispatchCommand> = {}): DispatchCommand {
  return {
    eventType: 'vehicle_received',
    serviceType: repair.slug,
    subtype: null,
    phase: reception.slug,
    target: 'clients',
    customerId: 'customer-001',
    vehicleId: 'vehicle-001',
    tallerId: null,
    context: {},
    businessKey: null,
    validUntil: null,
    scheduledFor: null,
    priority: 'normal',
    critical: false,
    requestId: null,
    ...given,
  };
}

export function someFacts(given: Partial<DispatchFacts> = {}): DispatchFacts {
  return {
    setup: aSetup(),
    now: new Date('2026-01-20T14:30:00Z'),
    customer: aCustomer(),
    vehicle: aVehicle(),
    staff: [aRecipient({ kind: 'staff', id: 'staff-001', name: 'Lucía Vega' })],
    ...given,
  };
}
