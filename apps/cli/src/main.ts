import { existsSync } from 'node:fs';
import { Command } from 'commander';
import { ConfigurationError } from '#infrastructure/config/configuration.js';
import { CliError } from './terminal/cli-error.js';
import { say } from './terminal/say.js';

// Exit codes: 0 done, 1 not done (said why), 2 not understood.

if (existsSync('.env')) process.loadEnvFile('.env');
// `| head` closes the pipe before we are done.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 1);
});

const program = new Command('npm run cli --')
  .description(
    say('Órdenes del servicio de notificaciones', 'Commands of the notification service'),
  )
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .showHelpAfterError()
  .configureHelp({ showGlobalOptions: true });

// A command brings along only what it needs itself: TypeORM and BullMQ take a second to load.
const commands: Record<string, () => Promise<Command>> = {
  migrate: async () => (await import('./commands/migrate.js')).migrateCommand(),
  seed: async () => (await import('./commands/seed.js')).seedCommand(),
  doctor: async () => (await import('./commands/doctor.js')).doctorCommand(),
  keys: async () => (await import('./commands/keys.js')).keysCommand(),
  vapid: async () => (await import('./commands/vapid.js')).vapidCommand(),
  trigger: async () => (await import('./commands/trigger.js')).triggerCommand(),
  inbox: async () => (await import('./commands/inbox.js')).inboxCommand(),
  demo: async () => (await import('./commands/demo.js')).demoCommand(),
};
const named = Object.keys(commands).filter((name) => name === process.argv[2]);
for (const name of named.length > 0 ? named : Object.keys(commands)) {
  const command = await commands[name]?.();
  if (command) program.addCommand(command.copyInheritedSettings(program));
}

try {
  await program.parseAsync();
} catch (error) {
  fail(error);
}

function fail(error: unknown): void {
  const expected = error instanceof CliError || error instanceof ConfigurationError;
  const message = error instanceof Error ? error.message || error.name : String(error);
  if (process.argv.includes('--json')) {
    const details = error instanceof CliError ? error.details : {};
    process.stdout.write(`${JSON.stringify({ error: { message, ...details } })}\n`);
  } else {
    const trace = error instanceof Error ? error.stack : undefined;
    process.stderr.write(`✘ ${expected ? message : (trace ?? message)}\n`);
  }
  process.exitCode = 1;
}
