import { type SeedTemplate, templatesOf } from './template-text.js';

export const mantenimientoPreventivoStaff: SeedTemplate[] = templatesOf(
  'mantenimiento-preventivo',
  'staff',
  {
    'phase-schedule': {
      email: {
        subject: 'Cita de mantenimiento: {{Vehículo}} ({{Placa}})',
        heading: 'Nueva cita de mantenimiento',
        paragraphs: ['Confirme repuestos de mantenimiento y espacio en el elevador.'],
        facts: ['Nombre', 'Vehículo', 'Placa', 'Fecha?', 'Hora?'],
      },
      push: {
        title: 'Cita de mantenimiento',
        body: '{{Vehículo}} ({{Placa}}), {{Nombre}}{% if Fecha %}: {{Fecha}}{% endif %}',
      },
    },
    'phase-reception': {
      email: {
        subject: 'En recepción para mantenimiento: {{Placa}}',
        heading: 'Vehículo recibido para mantenimiento',
        paragraphs: ['Registre kilometraje, nivel de combustible, pertenencias y daños visibles.'],
        facts: ['Nombre', 'Vehículo', 'Placa', 'Orden?'],
      },
      push: {
        title: 'Recepción: mantenimiento',
        body: '{{Vehículo}} ({{Placa}}) de {{Nombre}} está en recepción.',
      },
    },
    'phase-repair': {
      email: {
        subject: 'Mantenimiento en taller: {{Placa}}',
        heading: 'Mantenimiento en el área de trabajo',
        paragraphs: ['Siga la pauta del kilometraje y reporte todo trabajo adicional al asesor.'],
        facts: ['Vehículo', 'Placa', 'Técnico?', 'Orden?'],
      },
      push: {
        title: 'Taller: mantenimiento',
        body: '{{Vehículo}} ({{Placa}}){% if Técnico %}, técnico: {{Técnico}}{% endif %}',
      },
    },
    'phase-quality': {
      email: {
        subject: 'Control de calidad de mantenimiento: {{Placa}}',
        heading: 'Mantenimiento en control de calidad',
        paragraphs: ['Verifique aprietes, niveles, fugas, luces de tablero y reinicio del aviso.'],
        facts: ['Vehículo', 'Placa', 'Técnico?', 'Orden?'],
      },
      push: {
        title: 'Calidad: mantenimiento',
        body: '{{Vehículo}} ({{Placa}}): verificar aprietes, niveles y fugas.',
      },
    },
    'phase-delivery': {
      email: {
        subject: 'Entrega de mantenimiento: {{Placa}}',
        heading: 'Mantenimiento en entrega',
        paragraphs: [
          'Tenga a mano la factura, la libreta sellada y la fecha de la próxima visita.',
        ],
        facts: ['Nombre', 'Vehículo', 'Placa', 'Orden?'],
      },
      push: {
        title: 'Entrega: mantenimiento',
        body: '{{Vehículo}} ({{Placa}}) de {{Nombre}}: factura y libreta a mano.',
      },
    },
  },
);
