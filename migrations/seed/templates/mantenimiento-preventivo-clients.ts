import { type SeedTemplate, templatesOf } from './template-text.js';

export const mantenimientoPreventivoClients: SeedTemplate[] = templatesOf(
  'mantenimiento-preventivo',
  'clients',
  {
    'phase-schedule': {
      email: {
        subject: 'Su mantenimiento está agendado: {{Fecha}}, {{Hora}}',
        heading: 'Su cita de mantenimiento está confirmada',
        paragraphs: [
          'Hola, {{Nombre}}:',
          'Gracias por agendar el mantenimiento preventivo de su {{Vehículo}}. Le esperamos en {{Taller}}:',
        ],
        facts: ['Vehículo', 'Placa', 'Fecha', 'Hora'],
        closing:
          'Por favor llegue diez minutos antes y traiga la matrícula y la libreta de mantenimiento. Si no puede venir, avísenos y con gusto le damos otra fecha.',
      },
      whatsapp: [
        'Hola, {{Nombre}} 👋',
        'Su cita de *mantenimiento preventivo* quedó agendada:',
        '',
        '🚗 *{{Vehículo}}* ({{Placa}})',
        '📅 {{Fecha}}, {{Hora}}',
        '',
        'Traiga por favor su libreta de mantenimiento. ¡Le esperamos!',
        '_{{Taller}}_',
      ],
      push: {
        title: 'Mantenimiento agendado',
        body: '{{Vehículo}} ({{Placa}}): le esperamos el {{Fecha}}, {{Hora}}.',
      },
    },
    'phase-reception': {
      email: {
        subject: 'Recibimos su {{Vehículo}} para el mantenimiento',
        heading: 'Su vehículo ya está con nosotros',
        paragraphs: [
          'Hola, {{Nombre}}:',
          'Recibimos su {{Vehículo}} y anotamos su estado, kilometraje y pertenencias. En breve empieza el mantenimiento que corresponde a su kilometraje.',
        ],
        facts: ['Vehículo', 'Placa', 'Fase', 'Orden?'],
        closing:
          'Si durante la revisión encontramos algo más, le consultaremos antes de hacer cualquier trabajo adicional.',
      },
      whatsapp: [
        'Hola, {{Nombre}}:',
        'Recibimos su *{{Vehículo}}* ({{Placa}}) para el mantenimiento preventivo. ✅',
        '',
        'Si encontramos algo adicional, le consultaremos antes de hacerlo.',
        '_{{Taller}}_',
      ],
      push: {
        title: 'Recibimos su vehículo',
        body: '{{Vehículo}} ({{Placa}}) ya está en el taller para su mantenimiento.',
      },
    },
    'phase-repair': {
      email: {
        subject: 'El mantenimiento de su {{Vehículo}} está en marcha',
        heading: 'Ya trabajamos en su vehículo',
        paragraphs: [
          'Hola, {{Nombre}}:',
          'Nuestros técnicos hacen ahora el mantenimiento de su {{Vehículo}}: cambio de aceite y filtros, revisión de frenos, niveles, batería y neumáticos.',
        ],
        facts: ['Vehículo', 'Placa', 'Técnico?', 'Orden?'],
        closing: 'Le avisaremos cuando el trabajo termine y pase a la verificación final.',
      },
      whatsapp: [
        'Hola, {{Nombre}} 🔧',
        'Empezamos el mantenimiento de su *{{Vehículo}}* ({{Placa}}): aceite, filtros, frenos, niveles y neumáticos.',
        '',
        'Le escribimos en cuanto terminemos.',
        '_{{Taller}}_',
      ],
      push: {
        title: 'Mantenimiento en marcha',
        body: 'Ya trabajamos en su {{Vehículo}} ({{Placa}}). Le avisamos al terminar.',
      },
    },
    'phase-quality': {
      email: {
        subject: 'Verificamos el mantenimiento de su {{Vehículo}}',
        heading: 'Control de calidad de su mantenimiento',
        paragraphs: [
          'Hola, {{Nombre}}:',
          'Terminamos el mantenimiento de su {{Vehículo}} y verificamos cada punto: aprietes, niveles, ausencia de fugas, luces de tablero y una prueba de manejo.',
        ],
        facts: ['Vehículo', 'Placa', 'Fase', 'Orden?'],
        closing: 'Le avisaremos apenas esté listo para la entrega.',
      },
      whatsapp: [
        'Hola, {{Nombre}}:',
        'El mantenimiento de su *{{Vehículo}}* ({{Placa}}) está hecho y lo revisamos punto por punto en _control de calidad_. 🔍',
        '',
        'Falta poco: le avisamos cuando pueda retirarlo.',
        '_{{Taller}}_',
      ],
      push: {
        title: 'Control de calidad',
        body: 'Verificamos el mantenimiento de su {{Vehículo}} ({{Placa}}). Falta poco.',
      },
    },
    'phase-delivery': {
      email: {
        subject: 'Su {{Vehículo}} está listo: mantenimiento completo',
        heading: 'Ya puede retirar su vehículo',
        paragraphs: [
          'Hola, {{Nombre}}:',
          'El mantenimiento de su {{Vehículo}} está completo. Le esperamos en {{Taller}} para entregárselo y explicarle lo que hicimos.',
        ],
        facts: ['Vehículo', 'Placa', 'Orden?'],
        closing:
          'Le devolveremos la libreta de mantenimiento sellada, con el kilometraje recomendado para su próxima visita. Gracias por su confianza.',
      },
      whatsapp: [
        '¡Buenas noticias, {{Nombre}}! 🎉',
        'El mantenimiento de su *{{Vehículo}}* ({{Placa}}) está completo y *ya puede retirarlo*.',
        '',
        'Le entregaremos su libreta con la fecha de la próxima visita. ¡Le esperamos!',
        '_{{Taller}}_',
      ],
      push: {
        title: 'Su vehículo está listo',
        body: 'El mantenimiento de su {{Vehículo}} ({{Placa}}) está completo. Ya puede retirarlo.',
      },
    },
  },
);
