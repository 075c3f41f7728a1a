import { type SeedTemplate, templatesOf } from './template-text.js';

export const avaluoComercialStaff: SeedTemplate[] = templatesOf('avaluo-comercial', 'staff', {
  'phase-schedule': {
    email: {
      subject: 'Cita de avalúo comercial: {{Vehículo}} ({{Placa}})',
      heading: 'Nueva cita de avalúo comercial',
      paragraphs: ['Asigne un perito y prepare los precios de referencia del modelo.'],
      facts: ['Nombre', 'Vehículo', 'Placa', 'Fecha?', 'Hora?'],
    },
    push: {
      title: 'Cita de avalúo comercial',
      body: '{{Vehículo}} ({{Placa}}), {{Nombre}}{% if Fecha %}: {{Fecha}}{% endif %}',
    },
  },
  'phase-reception': {
    email: {
      subject: 'En recepción para avalúo: {{Placa}}',
      heading: 'Vehículo recibido para avalúo',
      paragraphs: ['Verifique matrícula, prendas, kilometraje y equipamiento declarado.'],
      facts: ['Nombre', 'Vehículo', 'Placa', 'Orden?'],
    },
    push: {
      title: 'Recepción: avalúo',
      body: '{{Vehículo}} ({{Placa}}) de {{Nombre}}: verificar documentos.',
    },
  },
  'phase-repair': {
    email: {
      subject: 'Inspección de avalúo: {{Placa}}',
      heading: 'Vehículo en inspección de avalúo',
      paragraphs: ['Complete la ficha de inspección con fotos; no desmonte piezas.'],
      facts: ['Vehículo', 'Placa', 'Técnico?', 'Orden?'],
    },
    push: {
      title: 'Inspección: avalúo',
      body: '{{Vehículo}} ({{Placa}}){% if Técnico %}, perito: {{Técnico}}{% endif %}',
    },
  },
  'phase-quality': {
    email: {
      subject: 'Verificación de avalúo: {{Placa}}',
      heading: 'Avalúo en verificación',
      paragraphs: ['Contraste los hallazgos con tres referencias del mercado y firme el informe.'],
      facts: ['Vehículo', 'Placa', 'Técnico?', 'Orden?'],
    },
    push: {
      title: 'Verificación: avalúo',
      body: '{{Vehículo}} ({{Placa}}): contrastar con el mercado y firmar.',
    },
  },
  'phase-delivery': {
    email: {
      subject: 'Entrega de informe de avalúo: {{Placa}}',
      heading: 'Informe de avalúo en entrega',
      paragraphs: ['Explique el valor punto por punto y ofrezca opciones de compra o canje.'],
      facts: ['Nombre', 'Vehículo', 'Placa', 'Orden?'],
    },
    push: {
      title: 'Entrega: avalúo',
      body: '{{Vehículo}} ({{Placa}}) de {{Nombre}}: informe y opciones.',
    },
  },
});
