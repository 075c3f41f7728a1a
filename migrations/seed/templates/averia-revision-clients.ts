import { type SeedTemplate, templatesOf } from './template-text.js';

export const averiaRevisionClients: SeedTemplate[] = templatesOf('averia-revision', 'clients', {
  'phase-schedule': {
    email: {
      subject: 'Revisión de su {{Vehículo}}: {{Fecha}}, {{Hora}}',
      heading: 'Su cita de revisión está confirmada',
      paragraphs: [
        'Hola, {{Nombre}}:',
        'Sabemos lo incómodo que es tener una falla. Reservamos este espacio en {{Taller}} para revisar su {{Vehículo}}:',
      ],
      facts: ['Vehículo', 'Placa', 'Fecha', 'Hora'],
      closing:
        'Anote, por favor, cuándo aparece la falla y qué ruidos o luces nota. Si se enciende una luz roja o los frenos no responden bien, no conduzca: llámenos y coordinamos cómo traerlo.',
    },
    whatsapp: [
      'Hola, {{Nombre}}:',
      'Agendamos la *revisión* de su *{{Vehículo}}* ({{Placa}}):',
      '📅 {{Fecha}}, {{Hora}}',
      '',
      'Anote cuándo aparece la falla. ⚠️ Si ve una luz roja o fallan los frenos, no conduzca y llámenos.',
      '_{{Taller}}_',
    ],
    push: {
      title: 'Revisión agendada',
      body: '{{Vehículo}} ({{Placa}}): le esperamos el {{Fecha}}, {{Hora}}.',
    },
  },
  'phase-reception': {
    email: {
      subject: 'Recibimos su {{Vehículo}} y empezamos el diagnóstico',
      heading: 'Su vehículo entra a diagnóstico',
      paragraphs: [
        'Hola, {{Nombre}}:',
        'Recibimos su {{Vehículo}} y anotamos los síntomas que nos contó. Ahora buscamos la causa de la falla.',
      ],
      facts: ['Vehículo', 'Placa', 'Fase', 'Orden?'],
      closing:
        'Con el diagnóstico le enviaremos el detalle y el costo. No haremos ninguna reparación sin su aprobación.',
    },
    whatsapp: [
      'Hola, {{Nombre}}:',
      'Recibimos su *{{Vehículo}}* ({{Placa}}) y empezamos el diagnóstico. 🔎',
      '',
      'Le contaremos qué encontramos y *nada se repara sin su aprobación*.',
      '_{{Taller}}_',
    ],
    push: {
      title: 'Su vehículo está en diagnóstico',
      body: 'Recibimos su {{Vehículo}} ({{Placa}}) y buscamos la causa de la falla.',
    },
  },
  'phase-repair': {
    email: {
      subject: 'Empezó la reparación de su {{Vehículo}}',
      heading: 'Estamos reparando su vehículo',
      paragraphs: [
        'Hola, {{Nombre}}:',
        'La causa de la falla está identificada y nuestros técnicos trabajan ahora en la reparación de su {{Vehículo}}.',
      ],
      facts: ['Vehículo', 'Placa', 'Técnico?', 'Orden?'],
      closing: 'Si algo cambia en el alcance o en el costo, lo hablaremos primero con usted.',
    },
    whatsapp: [
      'Hola, {{Nombre}} 🔧',
      'Ya estamos *reparando* su *{{Vehículo}}* ({{Placa}}).',
      '',
      'Si algo cambia en el trabajo acordado, le consultamos primero.',
      '_{{Taller}}_',
    ],
    push: {
      title: 'Reparación en curso',
      body: 'Nuestros técnicos reparan su {{Vehículo}} ({{Placa}}). Le avisamos al terminar.',
    },
  },
  'phase-quality': {
    email: {
      subject: 'Comprobamos la reparación de su {{Vehículo}}',
      heading: 'Comprobamos que la falla quedó resuelta',
      paragraphs: [
        'Hola, {{Nombre}}:',
        'La reparación de su {{Vehículo}} terminó. En el control de calidad repetimos las condiciones en que aparecía la falla y lo probamos en ruta.',
      ],
      facts: ['Vehículo', 'Placa', 'Fase', 'Orden?'],
      closing: 'Le avisaremos apenas pueda retirarlo.',
    },
    whatsapp: [
      'Hola, {{Nombre}}:',
      'La reparación de su *{{Vehículo}}* ({{Placa}}) terminó. Ahora la comprobamos en ruta para asegurarnos de que la falla no vuelva. ✅',
      '',
      'Le escribimos cuando pueda retirarlo.',
      '_{{Taller}}_',
    ],
    push: {
      title: 'Comprobamos la reparación',
      body: 'Su {{Vehículo}} ({{Placa}}) está en control de calidad y prueba de ruta.',
    },
  },
  'phase-delivery': {
    email: {
      subject: 'Su {{Vehículo}} está reparado y listo para usted',
      heading: 'Ya puede retirar su vehículo',
      paragraphs: [
        'Hola, {{Nombre}}:',
        'Su {{Vehículo}} está reparado y probado. Le esperamos en {{Taller}}.',
        'En la entrega le explicaremos qué causó la falla, qué hicimos y le mostraremos las piezas que cambiamos.',
      ],
      facts: ['Vehículo', 'Placa', 'Orden?'],
      closing: 'Si nota cualquier detalle en los próximos días, escríbanos: estamos para ayudarle.',
    },
    whatsapp: [
      '¡Listo, {{Nombre}}! 🎉',
      'Su *{{Vehículo}}* ({{Placa}}) está reparado y *ya puede retirarlo*.',
      '',
      'Le explicaremos qué causó la falla y qué cambiamos.',
      '_{{Taller}}_',
    ],
    push: {
      title: 'Su vehículo está reparado',
      body: 'Ya puede retirar su {{Vehículo}} ({{Placa}}). Le esperamos.',
    },
  },
});
