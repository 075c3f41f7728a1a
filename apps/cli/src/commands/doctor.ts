import { Command } from 'commander';
import pc from 'picocolors';
import type { Configuration } from '#infrastructure/config/configuration.js';
import { check, type Finding } from '../doctor/check.js';
import { checkDatabase } from '../doctor/database-checks.js';
import { checkMachine } from '../doctor/machine-checks.js';
import { checkProviders } from '../doctor/provider-checks.js';
import { checkQueue } from '../doctor/queue-check.js';
import { commandConfiguration } from '../terminal/environment.js';
import { print } from '../terminal/print.js';
import { say } from '../terminal/say.js';

/** `doctor`: looks at everything that sending needs, and says how to mend what is wrong. */
export function doctorCommand(): Command {
  return new Command('doctor')
    .description(say('Revisa todo lo que hace falta para enviar', 'Checks all that sending needs'))
    .option('--json', say('para máquinas', 'for machines'))
    .action(async (options: { json?: boolean }) => {
      const findings = await examine();
      const ok = findings.every((finding) => finding.ok);
      print(options.json, { ok, checks: findings }, () => findings.flatMap(linesOf));
      process.exitCode = ok ? 0 : 1;
    });
}

async function examine(): Promise<Finding[]> {
  const machine = await checkMachine();
  let configuration: Configuration | undefined;
  const environment = await check(
    say('Entorno', 'Environment'),
    say('Corrija las variables; .env.example las explica.', 'See .env.example.'),
    () => {
      configuration = commandConfiguration();
      return say('completo', 'complete');
    },
  );
  if (!configuration) return [...machine, environment];
  return [
    ...machine,
    environment,
    ...(await checkDatabase(configuration)),
    await checkQueue(configuration),
    ...(await checkProviders(configuration)),
  ];
}

function linesOf({ name, ok, detail, fix }: Finding): string[] {
  const mark = ok ? pc.green('✔') : pc.red('✘');
  return [`${mark} ${name}: ${detail}`, ...(ok || !fix ? [] : [`    → ${fix}`])];
}
