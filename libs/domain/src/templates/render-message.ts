import type { Channel } from '../catalog/channels.js';
import type { CompiledTemplate } from '../ports/template-engine.js';
import type { Content, Parts } from './template.js';
import type { Variables } from './variables.js';

/** Names of the variables that a template needs and that have no value. */
export function missingVariables(
  template: CompiledTemplate,
  values: Readonly<Record<string, string>>,
): string[] {
  return template.variables.filter((name) => !Object.hasOwn(values, name));
}

/** The most that each channel carries; past it providers cut off or refuse. */
export const contentLimits = {
  /** RFC 5322 allows 998 octets a line; a subject this long is a mistake already. */
  emailSubjectCharacters: 500,
  /** WhatsApp's own limit of the Cloud API; the Web client's is higher. */
  whatsappCharacters: 4096,
  /** Bytes of title, body and link together, which leaves room in the 3,993 of RFC 8291. */
  pushBytes: 3000,
} as const;

/**
 * Fills a template for a channel. A push link that begins with a slash is one of our own pages
 * and is put under `frontendUrl`.
 */
export function renderContent(
  channel: Channel,
  template: CompiledTemplate,
  values: Variables,
  frontendUrl: string,
): Content {
  const parts = template.render(values);
  switch (channel) {
    case 'email':
      return {
        channel,
        subject: part(parts, 'subject'),
        html: part(parts, 'html'),
        text: part(parts, 'text'),
      };
    case 'whatsapp':
      return { channel, text: part(parts, 'text') };
    case 'push': {
      const url = part(parts, 'url');
      return {
        channel,
        title: part(parts, 'title'),
        body: part(parts, 'body'),
        url: url.startsWith('/') ? `${frontendUrl}${url}` : url,
      };
    }
  }
}

/** How a message is too long for its channel, or undefined when it is not. */
export function lengthFault(content: Content): string | undefined {
  switch (content.channel) {
    case 'email':
      return content.subject.length > contentLimits.emailSubjectCharacters
        ? `the subject has ${content.subject.length} characters, at most ${contentLimits.emailSubjectCharacters} can be sent`
        : undefined;
    case 'whatsapp':
      return content.text.length > contentLimits.whatsappCharacters
        ? `the text has ${content.text.length} characters, at most ${contentLimits.whatsappCharacters} can be sent`
        : undefined;
    case 'push': {
      const bytes = utf8Length(content.title + content.body + content.url);
      return bytes > contentLimits.pushBytes
        ? `title, body and link have ${bytes} bytes, at most ${contentLimits.pushBytes} can be sent`
        : undefined;
    }
  }
}

function part(parts: Parts, name: string): string {
  return parts[name] ?? '';
}

// The domain has no Buffer: three bytes at most for a UTF-16 unit, counted exactly.
function utf8Length(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
