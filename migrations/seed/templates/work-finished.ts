import { type SeedTemplate, templatesFor } from './template-text.js';

/**
 * `repair_completed` comes in the phase whose other texts say that the work is under way. What
 * ended is called by its name for each service: nothing is repaired in an appraisal.
 */
const endings = [
  {
    serviceType: 'mantenimiento-preventivo',
    heading: 'El mantenimiento terminó',
    done: 'Nuestros técnicos terminaron el mantenimiento de su {{Vehículo}}.',
    next: 'Ahora pasa al control de calidad.',
  },
  {
    serviceType: 'averia-revision',
    heading: 'La reparación terminó',
    done: 'Nuestros técnicos terminaron la reparación de su {{Vehículo}}.',
    next: 'Ahora comprobamos en ruta que la falla quedó resuelta.',
  },
  {
    serviceType: 'colision-pintura',
    heading: 'El trabajo de carrocería terminó',
    done: 'Terminamos la carrocería y la pintura de su {{Vehículo}}.',
    next: 'Ahora revisamos color, brillo y ajuste.',
  },
  {
    serviceType: 'avaluo-comercial',
    heading: 'La inspección terminó',
    done: 'El perito terminó la inspección de su {{Vehículo}}.',
    next: 'Ahora contrastamos su valor con el mercado.',
  },
  {
    serviceType: 'avaluo-mg',
    heading: 'La inspección MG terminó',
    done: 'Completamos la inspección MG de su {{Vehículo}}.',
    next: 'Ahora validamos los resultados.',
  },
] as const;

export const workFinished: SeedTemplate[] = endings.flatMap(
  ({ serviceType, heading, done, next }) =>
    templatesFor(
      { serviceType, target: 'clients', phase: 'phase-repair', eventType: 'repair_completed' },
      {
        email: {
          subject: `${heading}: {{Vehículo}}`,
          heading,
          paragraphs: ['Hola, {{Nombre}}:', `${done} ${next}`],
          facts: ['Vehículo', 'Placa', 'Orden?'],
          closing: 'Le avisaremos cuando pueda retirarlo.',
        },
        whatsapp: [
          'Hola, {{Nombre}}:',
          `*${heading}.* ${done} ${next}`,
          '',
          'Le avisamos cuando pueda retirarlo.',
          '_{{Taller}}_',
        ],
        push: { title: heading, body: `{{Vehículo}} ({{Placa}}). ${next}` },
      },
    ),
);
