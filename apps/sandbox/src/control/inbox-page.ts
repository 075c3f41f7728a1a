import type { Channel } from '#domain/catalog/channels.js';
import type { Answer } from '../http/exchange.js';
import type { ArrivedMessage } from '../world/arrived-message.js';

const shown = 200;

const channelNames: Record<Channel, string> = {
  email: 'Correo',
  whatsapp: 'WhatsApp',
  push: 'Push',
};

const style = `
  body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 50rem; padding: 0 1rem;
    color: #1f2933; background: #f5f7fa; }
  article { background: #fff; border: 1px solid #d9e2ec; border-radius: 8px; padding: 1rem;
    margin: 1rem 0; overflow-wrap: anywhere; }
  header { display: flex; flex-wrap: wrap; gap: .25rem 1rem; color: #52606d; font-size: .875rem; }
  h2 { font-size: 1rem; margin: .5rem 0 0; }
  pre { font: inherit; white-space: pre-wrap; margin: .5rem 0 0; }
`;

/** What arrived, newest first, for people. Everything in it came from outside, so all is escaped. */
export function inboxPage(
  messages: readonly ArrivedMessage[],
  arrived: Record<Channel, number>,
): Answer {
  const counts = Object.entries(arrived)
    .map(([channel, count]) => `${channelNames[channel as Channel]}: ${count}`)
    .join(' · ');
  const articles = messages.slice(-shown).reverse().map(article).join('');
  const body = `<!doctype html><html lang="es"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><meta http-equiv="refresh" content="5">
<title>Bandeja del sandbox</title><style>${style}</style></head><body>
<h1>Lo que llegó</h1><p>${counts}</p>
${articles || '<p>Todavía no ha llegado nada.</p>'}</body></html>`;
  return {
    status: 200,
    body,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
      'cache-control': 'no-store',
    },
  };
}

function article(message: ArrivedMessage): string {
  const { channel, to, atMs, subject, title, text, url } = message;
  const heading = subject ?? title;
  const time = new Date(atMs).toISOString();
  return `<article><header><strong>${channelNames[channel]}</strong><span>${escaped(to)}</span>
<time datetime="${time}">${time}</time></header>
${heading ? `<h2>${escaped(heading)}</h2>` : ''}${text ? `<pre>${escaped(text)}</pre>` : ''}
${url ? `<p>${escaped(url)}</p>` : ''}</article>`;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
