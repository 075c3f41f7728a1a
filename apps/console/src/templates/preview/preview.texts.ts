import { texts } from '../../text/language.js';

export const previewTexts = texts({
  es: {
    title: 'Vista previa',
    views: { desktop: 'Escritorio', phone: 'Teléfono', dark: 'Oscuro', text: 'Texto' },
    view: 'Cómo verla',
    frame: 'Correo como se ve',
    subject: 'Asunto',
    images: 'Las imágenes de otros sitios no se cargan en esta vista.',
    waiting: 'Escriba el texto para ver cómo queda.',
    old: 'El texto tiene errores: esta es la última vista que se pudo armar.',
    values: 'Valores de',
    example: 'Ejemplo',
    searchCustomer: 'Datos de ejemplo, o busque un cliente',
    nobody: 'Nadie con ese nombre',
    back: 'Usar el ejemplo',
    opens: 'Al tocar abre',
    characters: (count: number, most: number) => `${count} de ${most} caracteres`,
    longSubject: (count: number) =>
      `El asunto tiene ${count} caracteres; los teléfonos cortan después de unos 60.`,
    longTitle: (count: number) =>
      `El título tiene ${count} caracteres; los teléfonos cortan después de unos 50.`,
  },
  en: {
    title: 'Preview',
    views: { desktop: 'Desktop', phone: 'Phone', dark: 'Dark', text: 'Text' },
    view: 'How to look at it',
    frame: 'E-mail as it looks',
    subject: 'Subject',
    images: 'Pictures of other sites are not loaded in this view.',
    waiting: 'Write the text to see what becomes of it.',
    old: 'The text has errors: this is the last view that could be made.',
    values: 'Values of',
    example: 'Example',
    searchCustomer: 'Example values, or search a customer',
    nobody: 'Nobody of that name',
    back: 'Use the example',
    opens: 'A tap opens',
    characters: (count: number, most: number) => `${count} of ${most} characters`,
    longSubject: (count: number) =>
      `The subject has ${count} characters; phones cut it off after some 60.`,
    longTitle: (count: number) =>
      `The title has ${count} characters; phones cut it off after some 50.`,
  },
});
