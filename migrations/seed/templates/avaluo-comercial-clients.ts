import { type SeedTemplate, templatesOf } from './template-text.js';

/** An appraisal has nothing to repair: its third phase is the inspection, its last the report. */
export const avaluoComercialClients: SeedTemplate[] = templatesOf('avaluo-comercial', 'clients', {
  'phase-schedule': {
    email: {
      subject: 'Avalúo de su {{Vehículo}}: {{Fecha}}, {{Hora}}',
      heading: 'Su cita de avalúo está confirmada',
      paragraphs: [
        'Hola, {{Nombre}}:',
        'Le esperamos en {{Taller}} para el avalúo comercial de su {{Vehículo}}:',
      ],
      facts: ['Vehículo', 'Placa', 'Fecha', 'Hora'],
      closing:
        'Traiga la matrícula, su cédula y las facturas de mantenimiento que tenga: un historial completo mejora el avalúo. Si puede, tráigalo limpio por dentro y por fuera.',
    },
    whatsapp: [
      'Hola, {{Nombre}} 👋',
      'Agendamos el *avalúo comercial* de su *{{Vehículo}}* ({{Placa}}):',
      '📅 {{Fecha}}, {{Hora}}',
      '',
      'Traiga matrícula, cédula y las facturas de mantenimiento que tenga.',
      '_{{Taller}}_',
    ],
    push: {
      title: 'Avalúo agendado',
      body: '{{Vehículo}} ({{Placa}}): le esperamos el {{Fecha}}, {{Hora}}.',
    },
  },
  'phase-reception': {
    email: {
      subject: 'Recibimos su {{Vehículo}} para el avalúo',
      heading: 'Empieza el avalúo de su vehículo',
      paragraphs: [
        'Hola, {{Nombre}}:',
        'Recibimos su {{Vehículo}} y verificamos sus documentos, kilometraje y equipamiento. Enseguida pasa a la inspección.',
      ],
      facts: ['Vehículo', 'Placa', 'Orden?'],
      closing: 'El avalúo no le compromete a vender: el informe es para usted.',
    },
    whatsapp: [
      'Hola, {{Nombre}}:',
      'Recibimos su *{{Vehículo}}* ({{Placa}}) para el avalúo. 📋',
      '',
      'Revisamos documentos y kilometraje, y pasa a inspección.',
      '_{{Taller}}_',
    ],
    push: {
      title: 'Recibimos su vehículo',
      body: 'Empieza el avalúo de su {{Vehículo}} ({{Placa}}).',
    },
  },
  'phase-repair': {
    email: {
      subject: 'Inspeccionamos su {{Vehículo}}',
      heading: 'Su vehículo está en inspección',
      paragraphs: [
        'Hola, {{Nombre}}:',
        'Un perito revisa ahora su {{Vehículo}}: motor, caja, suspensión, carrocería, pintura, neumáticos e interior. De esta inspección sale el valor del avalúo.',
      ],
      facts: ['Vehículo', 'Placa', 'Técnico?'],
      closing: 'No se desmonta ni se cambia nada en su vehículo.',
    },
    whatsapp: [
      'Hola, {{Nombre}} 🔎',
      'Estamos *inspeccionando* su *{{Vehículo}}* ({{Placa}}): mecánica, carrocería e interior.',
      '',
      'Con eso calculamos su valor comercial.',
      '_{{Taller}}_',
    ],
    push: {
      title: 'Inspección en curso',
      body: 'Un perito revisa su {{Vehículo}} ({{Placa}}) para calcular su valor.',
    },
  },
  'phase-quality': {
    email: {
      subject: 'Verificamos el avalúo de su {{Vehículo}}',
      heading: 'Contrastamos el valor con el mercado',
      paragraphs: [
        'Hola, {{Nombre}}:',
        'La inspección de su {{Vehículo}} terminó. Ahora una segunda persona verifica los hallazgos y los contrasta con los precios actuales del mercado.',
      ],
      facts: ['Vehículo', 'Placa'],
      closing: 'Le avisaremos apenas el informe esté listo.',
    },
    whatsapp: [
      'Hola, {{Nombre}}:',
      'La inspección de su *{{Vehículo}}* ({{Placa}}) terminó. Verificamos los datos y los contrastamos con el mercado. 📊',
      '',
      'Le avisamos cuando su informe esté listo.',
      '_{{Taller}}_',
    ],
    push: {
      title: 'Verificamos su avalúo',
      body: 'Contrastamos el valor de su {{Vehículo}} ({{Placa}}) con el mercado.',
    },
  },
  'phase-delivery': {
    email: {
      subject: 'El informe de avalúo de su {{Vehículo}} está listo',
      heading: 'Su informe de avalúo está listo',
      paragraphs: [
        'Hola, {{Nombre}}:',
        'El avalúo comercial de su {{Vehículo}} está completo. Le esperamos en {{Taller}} para entregarle el informe y su vehículo, y explicarle cómo llegamos al valor.',
      ],
      facts: ['Vehículo', 'Placa', 'Orden?'],
      closing: 'Si piensa vender o cambiar su vehículo, con gusto le contamos sus opciones.',
    },
    whatsapp: [
      '¡Listo, {{Nombre}}! 📄',
      'El *informe de avalúo* de su *{{Vehículo}}* ({{Placa}}) está terminado.',
      '',
      'Ya puede retirar su vehículo y su informe; le explicamos cada punto.',
      '_{{Taller}}_',
    ],
    push: {
      title: 'Su avalúo está listo',
      body: 'Ya puede retirar su {{Vehículo}} ({{Placa}}) con su informe de avalúo.',
    },
  },
});
