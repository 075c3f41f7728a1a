import { Command, Option } from 'commander';
import { channels } from '#domain/catalog/channels.js';
import { CliError } from '../terminal/cli-error.js';
import { seconds } from '../terminal/duration.js';
import { sandboxUrl } from '../terminal/environment.js';
import { print } from '../terminal/print.js';
import { arrivedMessages, type SandboxMessage } from '../terminal/sandbox-client.js';
import { say } from '../terminal/say.js';

interface InboxOptions {
  channel?: string;
  to?: string;
  contains?: string;
  wait?: number;
  last?: boolean;
  sandbox?: string;
  json?: boolean;
}

/** `inbox`: what reached the sandbox; exit code 1 when there is nothing, `--wait` or not. */
export function inboxCommand(): Command {
  return new Command('inbox')
    .description(say('Muestra lo que llegó al sandbox', 'Shows what reached the sandbox'))
    .addOption(new Option('--channel <channel>').choices([...channels]))
    .option('--to <text>', say('parte del destinatario', 'part of the address'))
    .option('--contains <text>', say('parte del texto', 'part of the text'))
    .option('--wait <time>', say('espera hasta que llegue, p. ej. 10s', 'waits, e.g. 10s'), seconds)
    .option('--last', say('sólo el último', 'the last one only'))
    .option('--sandbox <url>', say('otro sandbox', 'another sandbox'))
    .option('--json', say('para máquinas', 'for machines'))
    .action(inbox);
}

async function inbox(options: InboxOptions): Promise<void> {
  const { channel, to, contains, wait, last } = options;
  const all = await arrivedMessages(sandboxUrl(options.sandbox), { channel, to, contains, wait });
  const messages = last ? all.slice(-1) : all;
  if (messages.length === 0 && !options.json) {
    throw new CliError(say('No ha llegado nada así.', 'Nothing like that has arrived.'));
  }
  if (messages.length === 0) process.exitCode = 1;
  print(options.json, { count: messages.length, messages }, () => messages.flatMap(linesOf));
}

function linesOf(message: SandboxMessage): string[] {
  const heading = message.subject ?? message.title;
  return [
    `${message.at}  ${message.channel}  ${message.to}`,
    ...(heading ? [`  ${heading}`] : []),
    ...(message.text ?? '')
      .trim()
      .split('\n')
      .map((line) => `  ${line}`.trimEnd()),
    '',
  ];
}
