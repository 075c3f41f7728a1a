import { type SeedTemplate, templatesOf } from './template-text.js';

export const colisionPinturaStaff: SeedTemplate[] = templatesOf('colision-pintura', 'staff', {
  'phase-schedule': {
    email: {
      subject: 'Cita de colisión y pintura: {{Vehículo}} ({{Placa}})',
      heading: 'Nueva cita de colisión y pintura',
      paragraphs: ['Consulte si interviene una aseguradora y reserve al valorador.'],
      facts: ['Nombre', 'Vehículo', 'Placa', 'Fecha?', 'Hora?'],
    },
    push: {
      title: 'Cita de colisión y pintura',
      body: '{{Vehículo}} ({{Placa}}), {{Nombre}}{% if Fecha %}: {{Fecha}}{% endif %}',
    },
  },
  'phase-reception': {
    email: {
      subject: 'En recepción de colisión: {{Placa}}',
      heading: 'Vehículo recibido en colisión',
      paragraphs: ['Fotografíe cada daño, también los que no entran en el trabajo.'],
      facts: ['Nombre', 'Vehículo', 'Placa', 'Orden?'],
    },
    push: {
      title: 'Recepción: colisión',
      body: '{{Vehículo}} ({{Placa}}) de {{Nombre}}: fotos y valoración.',
    },
  },
  'phase-repair': {
    email: {
      subject: 'Carrocería y pintura: {{Placa}}',
      heading: 'Vehículo en carrocería y pintura',
      paragraphs: ['Confirme código de color y piezas antes de entrar a cabina.'],
      facts: ['Vehículo', 'Placa', 'Técnico?', 'Orden?'],
    },
    push: {
      title: 'Taller: carrocería y pintura',
      body: '{{Vehículo}} ({{Placa}}){% if Técnico %}, técnico: {{Técnico}}{% endif %}',
    },
  },
  'phase-quality': {
    email: {
      subject: 'Control de calidad de pintura: {{Placa}}',
      heading: 'Pintura en control de calidad',
      paragraphs: ['Revise tono con luz natural, brillo, holguras, sellos y cierre de puertas.'],
      facts: ['Vehículo', 'Placa', 'Técnico?', 'Orden?'],
    },
    push: {
      title: 'Calidad: pintura',
      body: '{{Vehículo}} ({{Placa}}): revisar tono, brillo y holguras.',
    },
  },
  'phase-delivery': {
    email: {
      subject: 'Entrega de colisión y pintura: {{Placa}}',
      heading: 'Colisión y pintura en entrega',
      paragraphs: ['Entregue limpio; prepare acta, fotos finales y papeles de la aseguradora.'],
      facts: ['Nombre', 'Vehículo', 'Placa', 'Orden?'],
    },
    push: {
      title: 'Entrega: colisión y pintura',
      body: '{{Vehículo}} ({{Placa}}) de {{Nombre}}: limpio, con acta y fotos.',
    },
  },
});
