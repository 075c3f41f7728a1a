import { seedId } from '../seed-id.js';
import type { DemoPreferences } from './demo-customers.js';
import { demoBranch, demoTaller } from './demo-taller.js';

export interface DemoStaffMember {
  id: string;
  tallerId: string;
  name: string;
  email: string | null;
  phone: string | null;
  device: boolean;
  /** Slugs of the phases that this member follows. */
  phases: string[];
  preferences: DemoPreferences;
}

export const demoStaff: readonly DemoStaffMember[] = [
  {
    ...member('veronica-almeida', 'Verónica Almeida', '+593990000201'),
    device: true,
    phases: ['phase-schedule', 'phase-reception', 'phase-delivery'],
  },
  {
    ...member('juan-perez', 'Juan Pérez', '+593990000202'),
    device: true,
    phases: ['phase-repair'],
  },
  {
    ...member('daniela-ruiz', 'Daniela Ruiz', '+593990000203'),
    phases: ['phase-repair', 'phase-quality'],
  },
  {
    // The head of the workshop reads mail in the evening, and wants nothing to ring.
    ...member('jorge-salinas', 'Jorge Salinas', '+593990000204'),
    phases: ['phase-schedule', 'phase-quality', 'phase-delivery'],
    preferences: { email: { priority: 1 }, push: { enabled: false } },
  },
  {
    // Alone in the branch, so she follows all that happens there.
    ...member('lorena-vega', 'Lorena Vega', '+593990000205'),
    tallerId: demoBranch.id,
    phases: [
      'phase-schedule',
      'phase-reception',
      'phase-repair',
      'phase-quality',
      'phase-delivery',
    ],
  },
];

function member(slug: string, name: string, phone: string): Omit<DemoStaffMember, 'phases'> {
  return {
    id: seedId('staff-member', slug),
    tallerId: demoTaller.id,
    name,
    email: `${slug.replace('-', '.')}@example.com`,
    phone,
    device: false,
    preferences: {},
  };
}
