import { type SeedTemplate, templatesOf } from './template-text.js';

/** An appraisal by the brand's own checklist: the third phase is the inspection. */
export const avaluoMgClients: SeedTemplate[] = templatesOf('avaluo-mg', 'clients', {
  'phase-schedule': {
    email: {
      subject: 'Su Avalúo MG: {{Fecha}}, {{Hora}}',
      heading: 'Su cita de Avalúo MG está confirmada',
      paragraphs: [
        'Hola, {{Nombre}}:',
        'Reservamos un espacio en {{Taller}} para el Avalúo MG de su {{Vehículo}}:',
      ],
      facts: ['Vehículo', 'Placa', 'Fecha', 'Hora'],
      closing:
        'Traiga la matrícula, su cédula, el manual y las dos llaves si las tiene. El historial de mantenimiento en concesionario cuenta a su favor.',
    },
    whatsapp: [
      'Hola, {{Nombre}} 👋',
      'Su *Avalúo MG* quedó agendado:',
      '',
      '🚗 *{{Vehículo}}* ({{Placa}})',
      '📅 {{Fecha}}, {{Hora}}',
      '',
      'Traiga matrícula, cédula y las dos llaves si las tiene.',
      '_{{Taller}}_',
    ],
    push: {
      title: 'Avalúo MG agendado',
      body: '{{Vehículo}} ({{Placa}}): le esperamos el {{Fecha}}, {{Hora}}.',
    },
  },
  'phase-reception': {
    email: {
      subject: 'Recibimos su {{Vehículo}} para el Avalúo MG',
      heading: 'Empieza su Avalúo MG',
      paragraphs: [
        'Hola, {{Nombre}}:',
        'Su {{Vehículo}} ya está en {{Taller}}. Registramos documentos, kilometraje, versión y accesorios antes de la inspección.',
      ],
      facts: ['Vehículo', 'Placa', 'Orden?'],
      closing: 'Puede esperar en nuestra sala: le avisaremos de cada paso.',
    },
    whatsapp: [
      'Hola, {{Nombre}}:',
      'Recibimos su *{{Vehículo}}* ({{Placa}}) para el *Avalúo MG*. ✅',
      '',
      'Registramos versión, kilometraje y accesorios, y le avisamos de cada paso.',
      '_{{Taller}}_',
    ],
    push: {
      title: 'Recibimos su vehículo',
      body: 'Empieza el Avalúo MG de su {{Vehículo}} ({{Placa}}).',
    },
  },
  'phase-repair': {
    email: {
      subject: 'Inspección MG de su {{Vehículo}} en curso',
      heading: 'Su vehículo está en la inspección MG',
      paragraphs: [
        'Hola, {{Nombre}}:',
        'Recorremos la lista de inspección de la marca en su {{Vehículo}}: lectura electrónica, mecánica, carrocería, interior y prueba de manejo.',
      ],
      facts: ['Vehículo', 'Placa', 'Técnico?'],
      closing: 'La inspección no modifica nada en su vehículo.',
    },
    whatsapp: [
      'Hola, {{Nombre}} 🔎',
      'Su *{{Vehículo}}* ({{Placa}}) está en la *inspección MG*: electrónica, mecánica, carrocería y prueba de manejo.',
      '',
      'Le escribimos en cuanto tengamos los resultados.',
      '_{{Taller}}_',
    ],
    push: {
      title: 'Inspección MG en curso',
      body: 'Revisamos su {{Vehículo}} ({{Placa}}) según la lista de la marca.',
    },
  },
  'phase-quality': {
    email: {
      subject: 'Validamos el Avalúo MG de su {{Vehículo}}',
      heading: 'Validamos los resultados',
      paragraphs: [
        'Hola, {{Nombre}}:',
        'La inspección de su {{Vehículo}} terminó. El jefe de taller valida cada hallazgo y calcula el valor con los criterios de MG.',
      ],
      facts: ['Vehículo', 'Placa'],
      closing: 'En breve le avisaremos que su avalúo está listo.',
    },
    whatsapp: [
      'Hola, {{Nombre}}:',
      'Terminó la inspección de su *{{Vehículo}}* ({{Placa}}) y validamos los resultados con los _criterios de MG_. 📊',
      '',
      'En breve le avisamos que su avalúo está listo.',
      '_{{Taller}}_',
    ],
    push: {
      title: 'Validamos su Avalúo MG',
      body: 'Revisamos los resultados de su {{Vehículo}} ({{Placa}}). Falta poco.',
    },
  },
  'phase-delivery': {
    email: {
      subject: 'Su Avalúo MG está listo',
      heading: 'Le entregamos su Avalúo MG',
      paragraphs: [
        'Hola, {{Nombre}}:',
        'El Avalúo MG de su {{Vehículo}} está completo. Le esperamos en {{Taller}} con el resultado y con su vehículo.',
      ],
      facts: ['Vehículo', 'Placa', 'Orden?'],
      closing:
        'Un asesor le explicará el valor y, si lo desea, cómo usarlo como parte de pago de su próximo MG.',
    },
    whatsapp: [
      '¡Su *Avalúo MG* está listo, {{Nombre}}! 🎉',
      'Ya puede retirar su *{{Vehículo}}* ({{Placa}}) y conocer el resultado.',
      '',
      'Si lo desea, le explicamos cómo usarlo como parte de pago.',
      '_{{Taller}}_',
    ],
    push: {
      title: 'Su Avalúo MG está listo',
      body: 'Retire su {{Vehículo}} ({{Placa}}) y conozca el resultado de su avalúo.',
    },
  },
});
