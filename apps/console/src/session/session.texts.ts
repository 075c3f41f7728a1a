import type { SessionView } from '#contracts/client/types.gen.js';
import { texts } from '../text/language.js';

type Channels = SessionView['sandbox'];

const names = {
  email: { es: 'correo', en: 'e-mail' },
  whatsapp: 'WhatsApp',
  push: 'push',
} as const;

function listIn(language: 'es' | 'en', channels: Channels): string {
  const format = new Intl.ListFormat(language, { type: 'conjunction' });
  return format.format(
    channels.map((channel) => (channel === 'email' ? names.email[language] : names[channel])),
  );
}

export const sessionTexts = texts({
  es: {
    account: (name: string) => `Cuenta: ${name}`,
    everyTaller: 'Todos los talleres',
    signOut: 'Salir',
    nothingLeaves: 'Pruebas: nada sale',
    nothing: 'Nada sale',
    trial: 'Pruebas',
    sandboxed: (channels: Channels) => `Pruebas: no sale ${listIn('es', channels)}`,
  },
  en: {
    account: (name: string) => `Account: ${name}`,
    everyTaller: 'All workshops',
    signOut: 'Sign out',
    nothingLeaves: 'Sandbox: nothing leaves',
    nothing: 'Nothing leaves',
    trial: 'Sandbox',
    sandboxed: (channels: Channels) => `Sandbox: no ${listIn('en', channels)} leaves`,
  },
});
