import type { Channel } from '#domain/catalog/channels.js';
import { type Parts } from '#domain/templates/template.js';
import { publishParts } from './publish-template.js';

const mark = '[PRUEBA]';
const sentence = 'Mensaje de prueba: no responde a ninguna visita a nuestro taller.';

/** A template's text as it is sent to try it, so that nobody takes it for news of a vehicle. */
export function publishMarked(channel: Channel, source: Readonly<Parts>): Promise<Parts> {
  return publishParts(channel, markedSource(channel, source));
}

function markedSource(channel: Channel, source: Readonly<Parts>): Parts {
  const { subject = '', html = '', text = '', title = '' } = source;
  switch (channel) {
    case 'email':
      return {
        ...source,
        subject: `${mark} ${subject}`,
        html: `<p><strong>${sentence}</strong></p>${html}`,
        ...(text.trim() && { text: `${sentence}\n\n${text}` }),
      };
    case 'whatsapp':
      return { ...source, text: `*${mark}* _${sentence}_\n\n${text}` };
    case 'push':
      return { ...source, title: `${mark} ${title}` };
  }
}
