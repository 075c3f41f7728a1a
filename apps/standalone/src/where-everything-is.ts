import { channels } from '#domain/catalog/channels.js';
import { say } from '../../cli/src/terminal/say.js';
import { dispatchOf, visit } from '../../cli/src/terminal/visit.js';
import { isPlayground, type Standalone } from './run-standalone.js';

/** The last thing that `npm start` prints: where to look, what goes where, what to try. */
export function whereEverythingIs(running: Standalone): string {
  const { apiUrl, sandboxUrl, configuration } = running;
  const places: [string, string][] = [
    [say('Consola', 'Console'), `${apiUrl}/`],
    ['API', `${apiUrl}/api/v1/`],
    [say('Documentación', 'Documentation'), `${apiUrl}/api/docs/  ·  ${apiUrl}/api/redoc/`],
    [say('Salud', 'Health'), `${apiUrl}/health/ready`],
    ...(sandboxUrl
      ? ([[say('Bandeja', 'Inbox'), `${sandboxUrl}/sandbox/`]] as [string, string][])
      : []),
    [say('Base de datos', 'Database'), withoutPassword(configuration.database.url)],
    [say('Canales', 'Channels'), channelsLine(running)],
    [say('Detener', 'Stop'), `Ctrl-C, ${say('o', 'or')} kill ${running.pid}`],
  ];
  const width = Math.max(...places.map(([name]) => name.length));
  return [
    '',
    ...places.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`),
    '',
    ...(isPlayground(running) ? tryLines(apiUrl) : []),
    ...(configuration.auth.mode === 'keys' ? keyLines() : []),
  ].join('\n');
}

function channelsLine({ channels: { real, sandbox } }: Standalone): string {
  return channels
    .map((name) => {
      if (real.includes(name)) return `${name} → ${say('DE VERDAD', 'FOR REAL')}`;
      if (sandbox.includes(name)) return `${name} → sandbox`;
      return `${name} → ${say('sin configurar', 'not configured')}`;
    })
    .join(', ');
}

/** Where callers are asked for keys, the console is, too. */
function keyLines(): string[] {
  return [
    say('Para entrar a la consola hace falta una clave:', 'The console asks for a key:'),
    '  npm run cli -- keys create --name consola --scope admin',
    '',
  ];
}

function tryLines(apiUrl: string): string[] {
  const [step] = visit;
  const body = step ? JSON.stringify(dispatchOf(step)) : '{}';
  return [
    say('Pruebe:', 'Try:'),
    `  curl -s ${apiUrl}/api/v1/notifications/events/dispatch/ -H 'content-type: application/json' -d '${body}'`,
    '  npm run demo',
    '',
  ];
}

function withoutPassword(url: string): string {
  const shown = new URL(url);
  if (shown.password !== '') shown.password = '***';
  return shown.href;
}
