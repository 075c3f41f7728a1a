import type { Phase, ServiceType } from '#domain/catalog/catalog.js';
import { seedId } from './seed-id.js';

/** The steps of a visit, in their order. Icons are names of the console's set. */
export const seedPhases: readonly Phase[] = [
  phase(1, 'phase-schedule', 'Agendar Cita', 'Calendar'),
  phase(2, 'phase-reception', 'Recepción', 'ClipboardCheck'),
  phase(3, 'phase-repair', 'Reparación'),
  phase(4, 'phase-quality', 'Control de Calidad'),
  phase(5, 'phase-delivery', 'Entrega'),
];

/** What a vehicle comes for, in the order of the console's lists. */
export const seedServiceTypes: readonly ServiceType[] = [
  serviceType('mantenimiento-preventivo', 'Mantenimiento Preventivo', 'Settings'),
  serviceType('averia-revision', 'Avería/Revisión', 'AlertTriangle', [
    ['averia-frenos', 'Frenos', 'Circle'],
    ['averia-diagnostico', 'Diagnóstico', 'Search'],
    ['averia-alineacion', 'Alineación'],
  ]),
  serviceType('colision-pintura', 'Colisión/Pintura', '', [
    ['colision-siniestro', 'Siniestro'],
    ['colision-golpe', 'Golpe'],
    ['colision-pintura', 'Pintura'],
  ]),
  serviceType('avaluo-comercial', 'Avalúo Comercial'),
  serviceType('avaluo-mg', 'Avalúo MG'),
];

function phase(order: number, slug: string, name: string, icon = ''): Phase {
  return { id: seedId('phase', slug), slug, name, icon, order };
}

function serviceType(
  slug: string,
  name: string,
  icon = '',
  subtypes: [slug: string, name: string, icon?: string][] = [],
): ServiceType {
  return {
    id: seedId('service-type', slug),
    slug,
    name,
    icon,
    // A subtype's slug is unique among its siblings only, so its id is made of both.
    subtypes: subtypes.map(([subSlug, subName, subIcon = '']) => ({
      id: seedId('service-subtype', `${slug}/${subSlug}`),
      slug: subSlug,
      name: subName,
      icon: subIcon,
    })),
  };
}
