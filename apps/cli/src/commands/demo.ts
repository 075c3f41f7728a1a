import { Command } from 'commander';
import pc from 'picocolors';
import type { TimelineEntry } from '#contracts/http/events.dto.js';
import { borrowInstance } from '../demo/own-instance.js';
import { type Chapter, tellPhase } from '../demo/visit-story.js';
import { ApiClient } from '../terminal/api-client.js';
import { CliError } from '../terminal/cli-error.js';
import type { Instance } from '../terminal/instance.js';
import { printStep } from '../terminal/print.js';
import { inSpanish, say } from '../terminal/say.js';
import { visit } from '../terminal/visit.js';

/** The phase during which the customer's first channel is out of order. */
const brokenPhase = 'phase-repair';

/** `demo`: one customer's visit, told as it happens. Exit code 0 only if it went as it should. */
export function demoCommand(): Command {
  return new Command('demo')
    .description(
      say(
        'La visita de un cliente por las cinco fases, con un canal que falla',
        'One customer’s visit through the five phases, with one channel failing',
      ),
    )
    .option('--api-key <key>', say('clave de la API', 'the API’s key'))
    .option('--json', say('una línea JSON por paso', 'one line of JSON for each step'))
    .action(async (options: { apiKey?: string; json?: boolean }) => {
      const tell = (line: string) => printStep(options.json, { kind: 'note', text: line }, line);
      const { instance, giveBack } = await borrowInstance(tell);
      try {
        const chapters = await tellVisit(instance, options);
        conclude(chapters, options.json);
      } finally {
        await giveBack();
      }
    });
}

async function tellVisit(
  instance: Instance,
  { apiKey, json }: { apiKey?: string; json?: boolean },
): Promise<Chapter[]> {
  const { sandboxUrl, channels } = instance;
  if (!sandboxUrl || channels.real.length > 0) {
    throw new CliError(
      say(
        'La demo sólo se envía al sandbox, y aquí hay canales de verdad: quite sus variables de .env.',
        'The demo is sent to the sandbox alone, and there are real channels here: take their variables out of .env.',
      ),
    );
  }
  const api = new ApiClient(instance.apiUrl, apiKey ?? null);
  const chapters: Chapter[] = [];
  for (const step of visit) {
    const begun = Date.now();
    const chapter = await tellPhase(api, sandboxUrl, step, step.phase === brokenPhase, {
      planned: (plan) => printStep(json, { kind: 'planned', ...plan }, openingOf(plan)),
      entry: (phase, entry) =>
        printStep(json, { kind: 'timeline', phase, entry }, lineOf(entry, begun)),
    });
    printStep(json, { kind: 'arrived', ...chapter }, closingOf(chapter));
    chapters.push(chapter);
  }
  return chapters;
}

function openingOf(plan: { phase: string; planned: string[]; broken: string | null }): string {
  const trouble = plan.broken
    ? pc.yellow(say(`  (${plan.broken} falla)`, `  (${plan.broken} fails)`))
    : '';
  return `\n${pc.bold(plan.phase)}  ${plan.planned.join(' → ')}${trouble}`;
}

function lineOf(entry: TimelineEntry, begunMs: number): string {
  const afterMs = Math.max(0, Date.parse(entry.at) - begunMs);
  const text = inSpanish() ? entry.text_es : entry.text_en;
  return pc.dim(`  +${String(afterMs).padStart(5)} ms  `) + text;
}

function closingOf({ arrived, wrong }: Chapter): string {
  if (wrong !== null || !arrived) return pc.red(`  ✘ ${wrong}`);
  return pc.green(`  ✔ ${arrived.channel} ${shortened(arrived.to)}: ${arrived.heading}`);
}

function conclude(chapters: readonly Chapter[], json: boolean | undefined): void {
  const ok = chapters.length === visit.length && chapters.every(({ wrong }) => wrong === null);
  const rows = chapters.map(
    ({ phase, arrived, broken, wrong }) =>
      `  ${wrong === null ? '✔' : '✘'} ${phase.padEnd(16)} ${(arrived?.channel ?? '–').padEnd(9)}${
        broken ? say(` en vez de ${broken}`, ` instead of ${broken}`) : ''
      }`,
  );
  const heading = ok
    ? say('Todo llegó como debía:', 'Everything arrived as it should:')
    : say('Algo no llegó como debía:', 'Something did not arrive as it should:');
  printStep(json, { kind: 'result', ok, phases: chapters }, ['', heading, ...rows].join('\n'));
  process.exitCode = ok ? 0 : 1;
}

function shortened(address: string): string {
  return address.length > 40 ? `${address.slice(0, 39)}…` : address;
}
