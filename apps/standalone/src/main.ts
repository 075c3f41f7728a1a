import { existsSync } from 'node:fs';
import { dataFolder } from '../../cli/src/terminal/instance.js';
import { say } from '../../cli/src/terminal/say.js';
import { onNpmDeath } from './on-npm-death.js';
import { openBrowser } from './open-browser.js';
import { Stages, StoppedEarly } from './stages.js';

// Everything in one process, for `npm start`. The heavy part is loaded after the first line is
// printed, and after signals are listened to. `npm start -- --open` opens the console at the end.

const print = (line: string) => process.stdout.write(`${line}\n`);
const stages = new Stages(print);
let started = false;
let stopAsked = false;

print(say('Notificaciones Ambacar · arrancando…', 'Ambacar Notifications · starting…'));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop);
onNpmDeath(stop);

try {
  // The real environment wins over the file's.
  if (existsSync('.env')) process.loadEnvFile('.env');
  const { runStandalone } = await import('./run-standalone.js');
  const { sendDemoEvents } = await import('./send-demo-events.js');
  const { whereEverythingIs } = await import('./where-everything-is.js');
  const running = await runStandalone(dataFolder(), process.env, stages);
  await sendDemoEvents(running, stages);
  started = true;
  print(whereEverythingIs(running));
  if (process.argv.includes('--open')) openBrowser(`${running.apiUrl}/`);
} catch (error) {
  await stages.close();
  if (!(error instanceof StoppedEarly)) {
    const { explainFailure } = await import('./explain-failure.js');
    process.stderr.write(`✘ ${explainFailure(error)}\n`);
  }
  process.exit(error instanceof StoppedEarly ? 0 : 1);
}

/** The first time in order, what is under way included; the second time at once. */
function stop(): void {
  if (stopAsked) process.exit(130);
  stopAsked = true;
  print(say('Deteniendo… (Ctrl-C otra vez: de inmediato)', 'Stopping… (Ctrl-C again: at once)'));
  // Past this the embedded Postgres ends by itself, and loses nothing.
  setTimeout(() => process.exit(1), 25_000).unref();
  if (!started) stages.stopSoon();
  else void stages.close().then(() => process.exit(0));
}
