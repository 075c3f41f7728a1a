import { type SeedTemplate, templatesOf } from './template-text.js';

export const colisionPinturaClients: SeedTemplate[] = templatesOf('colision-pintura', 'clients', {
  'phase-schedule': {
    email: {
      subject: 'Ingreso de su {{Vehículo}} a colisión y pintura: {{Fecha}}',
      heading: 'Su cita de colisión y pintura está confirmada',
      paragraphs: [
        'Hola, {{Nombre}}:',
        'Le esperamos en {{Taller}} para valorar los daños de su {{Vehículo}} y dejarlo como antes:',
      ],
      facts: ['Vehículo', 'Placa', 'Fecha', 'Hora'],
      closing:
        'Si el arreglo va por su seguro, traiga la matrícula, su cédula, el número de reclamo y los datos de su aseguradora. Retire, por favor, los objetos de valor del vehículo.',
    },
    whatsapp: [
      'Hola, {{Nombre}}:',
      'Agendamos el ingreso de su *{{Vehículo}}* ({{Placa}}) a *colisión y pintura*:',
      '📅 {{Fecha}}, {{Hora}}',
      '',
      'Si va por seguro, traiga matrícula, cédula y número de reclamo.',
      '_{{Taller}}_',
    ],
    push: {
      title: 'Cita de colisión y pintura',
      body: '{{Vehículo}} ({{Placa}}): le esperamos el {{Fecha}}, {{Hora}}.',
    },
  },
  'phase-reception': {
    email: {
      subject: 'Recibimos su {{Vehículo}} y registramos los daños',
      heading: 'Registramos los daños de su vehículo',
      paragraphs: [
        'Hola, {{Nombre}}:',
        'Recibimos su {{Vehículo}}, fotografiamos cada daño y preparamos la valoración del trabajo.',
      ],
      facts: ['Vehículo', 'Placa', 'Fase', 'Orden?'],
      closing:
        'Si interviene su aseguradora, coordinaremos con ella la inspección y la aprobación. Le mantendremos al tanto de cada paso.',
    },
    whatsapp: [
      'Hola, {{Nombre}}:',
      'Recibimos su *{{Vehículo}}* ({{Placa}}) y registramos sus daños con fotos. 📷',
      '',
      'Preparamos la valoración; si hay seguro, coordinamos con la aseguradora por usted.',
      '_{{Taller}}_',
    ],
    push: {
      title: 'Recibimos su vehículo',
      body: 'Registramos los daños de su {{Vehículo}} ({{Placa}}) y preparamos la valoración.',
    },
  },
  'phase-repair': {
    email: {
      subject: 'Empezó el trabajo de carrocería en su {{Vehículo}}',
      heading: 'Su vehículo está en carrocería y pintura',
      paragraphs: [
        'Hola, {{Nombre}}:',
        'Nuestros especialistas trabajan en su {{Vehículo}}: primero las piezas y el enderezado, después la preparación de la superficie y la pintura en cabina.',
      ],
      facts: ['Vehículo', 'Placa', 'Técnico?', 'Orden?'],
      closing:
        'La pintura necesita su tiempo de secado para durar; por eso preferimos no apurarla. Le avisaremos en cada avance.',
    },
    whatsapp: [
      'Hola, {{Nombre}} 🎨',
      'Su *{{Vehículo}}* ({{Placa}}) está en *carrocería y pintura*.',
      '',
      'Enderezado, preparación, pintura y secado: cada etapa con su tiempo. Le avisamos de cada avance.',
      '_{{Taller}}_',
    ],
    push: {
      title: 'En carrocería y pintura',
      body: 'Ya trabajamos en su {{Vehículo}} ({{Placa}}). Le avisamos de cada avance.',
    },
  },
  'phase-quality': {
    email: {
      subject: 'Revisamos los acabados de su {{Vehículo}}',
      heading: 'Revisamos color, brillo y ajuste',
      paragraphs: [
        'Hola, {{Nombre}}:',
        'El trabajo de carrocería y pintura de su {{Vehículo}} terminó. Ahora comparamos el color bajo luz natural, revisamos el brillo, el ajuste de las piezas y el cierre de puertas.',
      ],
      facts: ['Vehículo', 'Placa', 'Fase', 'Orden?'],
      closing: 'Si algo no está perfecto, lo corregimos antes de llamarle.',
    },
    whatsapp: [
      'Hola, {{Nombre}}:',
      'La pintura de su *{{Vehículo}}* ({{Placa}}) está terminada y revisamos cada acabado: _color, brillo y ajuste de piezas_. ✨',
      '',
      'Le avisamos cuando pueda retirarlo.',
      '_{{Taller}}_',
    ],
    push: {
      title: 'Revisamos los acabados',
      body: 'Color, brillo y ajuste de su {{Vehículo}} ({{Placa}}) bajo la lupa. Falta poco.',
    },
  },
  'phase-delivery': {
    email: {
      subject: 'Su {{Vehículo}} está listo, como antes',
      heading: 'Ya puede retirar su vehículo',
      paragraphs: [
        'Hola, {{Nombre}}:',
        'El trabajo de colisión y pintura de su {{Vehículo}} está completo. Le esperamos en {{Taller}} para revisarlo juntos con buena luz.',
      ],
      facts: ['Vehículo', 'Placa', 'Orden?'],
      closing:
        'Durante el primer mes evite las lavadoras automáticas y las ceras: la pintura nueva termina de endurecer en ese tiempo.',
    },
    whatsapp: [
      '¡Quedó como antes, {{Nombre}}! 🎉',
      'Su *{{Vehículo}}* ({{Placa}}) está listo y *ya puede retirarlo*.',
      '',
      'Consejo: el primer mes lávelo a mano y sin ceras, para cuidar la pintura nueva.',
      '_{{Taller}}_',
    ],
    push: {
      title: 'Su vehículo está listo',
      body: 'La pintura de su {{Vehículo}} ({{Placa}}) quedó lista. Ya puede retirarlo.',
    },
  },
});
