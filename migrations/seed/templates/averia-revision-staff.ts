import { type SeedTemplate, templatesOf } from './template-text.js';

export const averiaRevisionStaff: SeedTemplate[] = templatesOf('averia-revision', 'staff', {
  'phase-schedule': {
    email: {
      subject: 'Cita de revisión: {{Vehículo}} ({{Placa}})',
      heading: 'Nueva cita por avería o revisión',
      paragraphs: [
        'Reserve escáner y tiempo de diagnóstico; consulte los síntomas con el cliente.',
      ],
      facts: ['Nombre', 'Vehículo', 'Placa', 'Fecha?', 'Hora?'],
    },
    push: {
      title: 'Cita de revisión',
      body: '{{Vehículo}} ({{Placa}}), {{Nombre}}{% if Fecha %}: {{Fecha}}{% endif %}',
    },
  },
  'phase-reception': {
    email: {
      subject: 'En recepción por avería: {{Placa}}',
      heading: 'Vehículo recibido por avería',
      paragraphs: ['Anote los síntomas con las palabras del cliente y cuándo aparecen.'],
      facts: ['Nombre', 'Vehículo', 'Placa', 'Orden?'],
    },
    push: {
      title: 'Recepción: avería',
      body: '{{Vehículo}} ({{Placa}}) de {{Nombre}} espera diagnóstico.',
    },
  },
  'phase-repair': {
    email: {
      subject: 'Reparación en taller: {{Placa}}',
      heading: 'Avería en el área de trabajo',
      paragraphs: ['Trabaje solo lo aprobado por el cliente; guarde las piezas reemplazadas.'],
      facts: ['Vehículo', 'Placa', 'Técnico?', 'Orden?'],
    },
    push: {
      title: 'Taller: reparación',
      body: '{{Vehículo}} ({{Placa}}){% if Técnico %}, técnico: {{Técnico}}{% endif %}',
    },
  },
  'phase-quality': {
    email: {
      subject: 'Control de calidad de reparación: {{Placa}}',
      heading: 'Reparación en control de calidad',
      paragraphs: ['Reproduzca la falla original, haga prueba de ruta y borre códigos.'],
      facts: ['Vehículo', 'Placa', 'Técnico?', 'Orden?'],
    },
    push: {
      title: 'Calidad: reparación',
      body: '{{Vehículo}} ({{Placa}}): reproducir la falla y probar en ruta.',
    },
  },
  'phase-delivery': {
    email: {
      subject: 'Entrega de reparación: {{Placa}}',
      heading: 'Reparación en entrega',
      paragraphs: ['Explique la causa de la falla y muestre las piezas reemplazadas.'],
      facts: ['Nombre', 'Vehículo', 'Placa', 'Orden?'],
    },
    push: {
      title: 'Entrega: reparación',
      body: '{{Vehículo}} ({{Placa}}) de {{Nombre}}: explicar causa y piezas.',
    },
  },
});
