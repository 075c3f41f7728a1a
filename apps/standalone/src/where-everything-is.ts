import { say } from '../../cli/src/terminal/say.js';
import { dispatchOf, visit } from '../../cli/src/terminal/visit.js';
import type { Standalone } from './run-standalone.js';

/** The last thing that `npm start` prints: where to look, what goes where, what to try. */
export function whereEverythingIs(running: Standalone): string {
  const { apiUrl, sandboxUrl, configuration } = running;
  const places: [string, string][] = [
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
    ...(configuration.auth.mode === 'off' ? tryLines(apiUrl) : []),
  ].join('\n');
}

function channelsLine({ channels }: Standalone): string {
  const real = channels.real.map((name) => `${name} → ${say('DE VERDAD', 'FOR REAL')}`);
  const sandbox = channels.sandbox.map((name) => `${name} → sandbox`);
  return [...real, ...sandbox].join(', ');
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
