import type { Channel } from '#domain/catalog/channels.js';
import type { ChannelPreference } from '#domain/customers/recipient.js';
import { demoBranch, demoTaller } from './demo-taller.js';

export type DemoPreferences = Partial<Record<Channel, Partial<ChannelPreference>>>;

export interface DemoVehicle {
  id: string;
  plate: string;
  make: string;
  model: string;
  year: number;
}

/** A customer who does not exist: mailboxes of example.com, numbers that look made up. */
export interface DemoCustomer {
  id: string;
  tallerId: string;
  name: string;
  email: string | null;
  /** E.164. */
  phone: string | null;
  /** Has a browser that takes push messages. */
  device: boolean;
  preferences: DemoPreferences;
  vehicles: DemoVehicle[];
  /** A channel whose address the provider called wrong. */
  suppressed?: Channel;
}

/** A dozen customers, with preferences of every kind. */
export const demoCustomers: readonly DemoCustomer[] = [
  {
    // WhatsApp, else e-mail: what the README shows when WhatsApp fails.
    ...person('001', 'Carlos Mendoza', 'carlos.mendoza'),
    device: true,
    preferences: { whatsapp: { priority: 1 }, email: { priority: 2 } },
    vehicles: [vehicle('001', 'ABC123', 'Haval', 'H6', 2024)],
  },
  {
    // An order of her own.
    ...person('002', 'María Fernanda Salazar', 'maria.salazar'),
    device: true,
    preferences: { email: { priority: 1 }, push: { priority: 2 }, whatsapp: { priority: 3 } },
    vehicles: [vehicle('002', 'PCD4521', 'MG', 'ZS', 2023)],
  },
  {
    // Wants no WhatsApp.
    ...person('003', 'José Luis Andrade', 'jose.andrade'),
    preferences: { whatsapp: { enabled: false } },
    vehicles: [vehicle('003', 'PBQ7310', 'Great Wall', 'Poer', 2022)],
  },
  {
    // Withdrew the consent to two channels; the third is left.
    ...person('004', 'Ana Lucía Cevallos', 'ana.cevallos'),
    device: true,
    preferences: { whatsapp: { consentWithdrawn: true }, push: { consentWithdrawn: true } },
    vehicles: [vehicle('004', 'PDF1187', 'Haval', 'Jolion', 2023)],
  },
  {
    ...person('005', 'Diego Paredes', 'diego.paredes'),
    tallerId: demoBranch.id,
    email: null,
    vehicles: [vehicle('005', 'PCA9043', 'MG', 'RX5', 2021)],
  },
  {
    ...person('006', 'Gabriela Torres', 'gabriela.torres'),
    phone: null,
    vehicles: [vehicle('006', 'PDG6624', 'ORA', '03', 2024)],
  },
  {
    // Push and nothing else.
    ...person('007', 'Andrés Villacís', 'andres.villacis'),
    email: null,
    phone: null,
    device: true,
    vehicles: [vehicle('007', 'PBX2085', 'Haval', 'Dargo', 2023)],
  },
  {
    // A Mexican number.
    ...person('008', 'Lucía Hernández', 'lucia.hernandez'),
    phone: '+525512340108',
    vehicles: [vehicle('008', 'PDE3379', 'MG', 'HS', 2022)],
  },
  {
    ...person('009', 'Roberto Cárdenas', 'roberto.cardenas'),
    tallerId: demoBranch.id,
    device: true,
    vehicles: [
      vehicle('009', 'PCK5216', 'Great Wall', 'Wingle 7', 2020),
      vehicle('010', 'PDH8802', 'Haval', 'H6 HEV', 2024),
    ],
  },
  {
    // A mailbox that bounced.
    ...person('010', 'Paola Espinosa', 'paola.espinosa'),
    suppressed: 'email',
    vehicles: [vehicle('011', 'PBW4417', 'MG', '3', 2021)],
  },
  {
    // Push first, and no e-mail.
    ...person('011', 'Fernando Guamán', 'fernando.guaman'),
    device: true,
    preferences: { push: { priority: 1 }, email: { enabled: false } },
    vehicles: [vehicle('012', 'PCR6093', 'Haval', 'H2', 2019)],
  },
  {
    // A company: e-mail alone, for the file.
    ...person('012', 'Transportes Andinos Cía. Ltda.', 'flota.andinos'),
    tallerId: demoBranch.id,
    preferences: { whatsapp: { enabled: false }, push: { enabled: false } },
    vehicles: [
      vehicle('013', 'PAC7758', 'Great Wall', 'Poer', 2023),
      vehicle('014', 'PAC7759', 'Great Wall', 'Poer', 2023),
    ],
  },
];

/** Ids of the customers who have a browser, for whoever makes one at the sandbox. */
export const demoDeviceOwners: readonly string[] = demoCustomers
  .filter(({ device }) => device)
  .map(({ id }) => id);

function person(number: string, name: string, mailbox: string): Omit<DemoCustomer, 'vehicles'> {
  return {
    id: `customer-${number}`,
    tallerId: demoTaller.id,
    name,
    email: `${mailbox}@example.com`,
    phone: `+593990000${number}`,
    device: false,
    preferences: {},
  };
}

function vehicle(
  number: string,
  plate: string,
  make: string,
  model: string,
  year: number,
): DemoVehicle {
  return { id: `vehicle-${number}`, plate, make, model, year };
}
