import { type SeedTemplate, templatesOf } from './template-text.js';

export const avaluoMgStaff: SeedTemplate[] = templatesOf('avaluo-mg', 'staff', {
  'phase-schedule': {
    email: {
      subject: 'Cita de Avalúo MG: {{Vehículo}} ({{Placa}})',
      heading: 'Nueva cita de Avalúo MG',
      paragraphs: ['Asigne un inspector MG y tenga lista la hoja de inspección de la marca.'],
      facts: ['Nombre', 'Vehículo', 'Placa', 'Fecha?', 'Hora?'],
    },
    push: {
      title: 'Cita de Avalúo MG',
      body: '{{Vehículo}} ({{Placa}}), {{Nombre}}{% if Fecha %}: {{Fecha}}{% endif %}',
    },
  },
  'phase-reception': {
    email: {
      subject: 'En recepción para Avalúo MG: {{Placa}}',
      heading: 'Vehículo recibido para Avalúo MG',
      paragraphs: ['Registre versión, número de chasis, accesorios, llaves y kilometraje.'],
      facts: ['Nombre', 'Vehículo', 'Placa', 'Orden?'],
    },
    push: {
      title: 'Recepción: Avalúo MG',
      body: '{{Vehículo}} ({{Placa}}) de {{Nombre}}: registrar versión y llaves.',
    },
  },
  'phase-repair': {
    email: {
      subject: 'Inspección MG: {{Placa}}',
      heading: 'Vehículo en inspección MG',
      paragraphs: ['Complete todos los puntos de la hoja, con lectura electrónica y prueba.'],
      facts: ['Vehículo', 'Placa', 'Técnico?', 'Orden?'],
    },
    push: {
      title: 'Inspección: Avalúo MG',
      body: '{{Vehículo}} ({{Placa}}){% if Técnico %}, inspector: {{Técnico}}{% endif %}',
    },
  },
  'phase-quality': {
    email: {
      subject: 'Validación de Avalúo MG: {{Placa}}',
      heading: 'Avalúo MG en validación',
      paragraphs: ['El jefe de taller valida los hallazgos y el valor antes de la entrega.'],
      facts: ['Vehículo', 'Placa', 'Técnico?', 'Orden?'],
    },
    push: {
      title: 'Validación: Avalúo MG',
      body: '{{Vehículo}} ({{Placa}}): validar hallazgos y valor.',
    },
  },
  'phase-delivery': {
    email: {
      subject: 'Entrega de Avalúo MG: {{Placa}}',
      heading: 'Avalúo MG en entrega',
      paragraphs: ['Presente el resultado y la opción de parte de pago por un MG nuevo.'],
      facts: ['Nombre', 'Vehículo', 'Placa', 'Orden?'],
    },
    push: {
      title: 'Entrega: Avalúo MG',
      body: '{{Vehículo}} ({{Placa}}) de {{Nombre}}: resultado y parte de pago.',
    },
  },
});
