import { type SeedTemplate, templatesFor } from './template-text.js';

/**
 * `vehicle_delivered` comes when the customer has the vehicle back, in the phase whose other
 * texts invite to fetch it. Each service has its own advice for the days after.
 */
const farewells = [
  {
    serviceType: 'mantenimiento-preventivo',
    thanks: 'Gracias por confiarnos el mantenimiento de su {{Vehículo}}.',
    advice: 'Le recordaremos cuando se acerque el próximo mantenimiento.',
  },
  {
    serviceType: 'averia-revision',
    thanks: 'Gracias por confiarnos la reparación de su {{Vehículo}}.',
    advice: 'Si nota algo distinto en los próximos días, escríbanos enseguida.',
  },
  {
    serviceType: 'colision-pintura',
    thanks: 'Gracias por confiarnos la carrocería y la pintura de su {{Vehículo}}.',
    advice: 'Durante el primer mes, lávelo a mano y sin ceras.',
  },
  {
    serviceType: 'avaluo-comercial',
    thanks: 'Gracias por realizar el avalúo de su {{Vehículo}} con nosotros.',
    advice: 'Si tiene preguntas sobre el informe, con gusto las respondemos.',
  },
  {
    serviceType: 'avaluo-mg',
    thanks: 'Gracias por realizar el Avalúo MG de su {{Vehículo}} con nosotros.',
    advice: 'Si piensa en su próximo MG, un asesor le acompaña.',
  },
] as const;

export const vehicleDelivered: SeedTemplate[] = farewells.flatMap(
  ({ serviceType, thanks, advice }) =>
    templatesFor(
      { serviceType, target: 'clients', phase: 'phase-delivery', eventType: 'vehicle_delivered' },
      {
        email: {
          subject: 'Gracias por su visita a {{Taller}}',
          heading: 'Gracias por su visita',
          paragraphs: ['Hola, {{Nombre}}:', thanks, advice],
          facts: ['Vehículo', 'Placa', 'Orden?'],
          closing: 'Le deseamos un buen camino.',
        },
        whatsapp: ['*¡Gracias por su visita, {{Nombre}}!* 🚗', thanks, '', advice, '_{{Taller}}_'],
        push: { title: 'Gracias por su visita', body: `{{Vehículo}} ({{Placa}}). ${advice}` },
      },
    ),
);
