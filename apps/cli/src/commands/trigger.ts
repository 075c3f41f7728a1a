import { Command, InvalidArgumentError, Option } from 'commander';
import type { DryRunView } from '#contracts/http/dry-run.dto.js';
import type { EventDetail, TimelineEntry } from '#contracts/http/events.dto.js';
import { targets } from '#domain/catalog/channels.js';
import type { ApiClient } from '../terminal/api-client.js';
import { CliError } from '../terminal/cli-error.js';
import { seconds } from '../terminal/duration.js';
import { apiClient } from '../terminal/environment.js';
import { print, printStep } from '../terminal/print.js';
import { inSpanish, say } from '../terminal/say.js';
import { visit, visitor, visitorsContext } from '../terminal/visit.js';
import { dispatch, hasEnded, rehearse, watchEvent } from '../terminal/watch-event.js';

interface TriggerOptions {
  service: string;
  phase?: string;
  subtype?: string;
  customer: string;
  vehicle?: string;
  target: string;
  set?: Record<string, string>;
  dryRun?: boolean;
  watch?: boolean;
  timeout: number;
  api?: string;
  apiKey?: string;
  json?: boolean;
}

/** `trigger EVENT`: sends one event as a workshop system would, and with `--watch` follows it. */
export function triggerCommand(): Command {
  return new Command('trigger')
    .description(say('Envía un evento', 'Sends an event'))
    .argument('<event>', say('tipo, p. ej. vehicle_ready', 'type, e.g. vehicle_ready'))
    .option('--service <slug>', say('servicio', 'service type'), visitor.serviceType)
    .option('--phase <slug>', say('fase; por omisión, la del evento', 'phase; the event’s own'))
    .option('--subtype <slug>', say('subtipo', 'subtype'))
    .option('--customer <id>', say('cliente', 'customer'), visitor.customerId)
    .option('--vehicle <id>', say('vehículo', 'vehicle'))
    .addOption(new Option('--target <target>').choices([...targets]).default('clients'))
    .option('--set <name=value...>', say('variables', 'variables'), collect)
    .option('--dry-run', say('muestra qué se enviaría', 'shows what would be sent'))
    .option('--watch', say('sigue el evento hasta el final', 'follows the event to its end'))
    .option('--timeout <time>', say('espera con --watch', 'how long to watch'), seconds, 60_000)
    .option('--api <url>', say('otra API', 'another API'))
    .option('--api-key <key>', say('clave de la API', 'the API’s key'))
    .option('--json', say('para máquinas', 'for machines'))
    .action(trigger);
}

async function trigger(eventType: string, options: TriggerOptions): Promise<void> {
  const api = apiClient(options);
  const body = bodyOf(eventType, options);
  if (options.dryRun) {
    const plan = await rehearse(api, body);
    print(options.json, plan, () => linesOfPlan(plan));
    process.exitCode = plan.would_be_accepted ? 0 : 1;
    return;
  }
  const receipt = await dispatch(api, body);
  printStep(options.json, receipt, `202 ${receipt.event_id}`);
  if (options.watch) await watch(api, receipt.event_id, options);
}

async function watch(api: ApiClient, eventId: string, options: TriggerOptions): Promise<void> {
  const begun = Date.now();
  const event = await watchEvent(api, eventId, {
    timeoutMs: options.timeout,
    onEntry: (entry) => printStep(options.json, entry, lineOf(entry, begun)),
  });
  if (options.json) printStep(true, endOf(event), '');
  if (!hasEnded(event)) {
    throw new CliError(
      say(
        'El evento sigue en curso; consulte GET /api/v1/notifications/events/.',
        'The event is still under way; see GET /api/v1/notifications/events/.',
      ),
      { event_id: eventId },
    );
  }
}

function bodyOf(eventType: string, options: TriggerOptions): Record<string, unknown> {
  const step = visit.find((known) => known.eventType === eventType);
  const phase = options.phase ?? step?.phase;
  if (!phase) {
    throw new CliError(
      say(
        `De ${eventType} no se sabe la fase: indíquela con --phase, p. ej. --phase phase-reception.`,
        `The phase of ${eventType} is not known: name it with --phase, e.g. --phase phase-reception.`,
      ),
    );
  }
  const invented = options.customer === visitor.customerId;
  return {
    event_type: eventType,
    service_type_id: options.service,
    subtype_id: options.subtype ?? null,
    phase_id: phase,
    customer_id: options.customer,
    vehicle_id: options.vehicle ?? null,
    target: options.target,
    // Nobody but the invented customer is told invented things.
    context: { ...(invented ? { ...visitorsContext, ...step?.context } : {}), ...options.set },
  };
}

/** One entry of a timeline as a line, with the time since the command began. */
function lineOf(entry: TimelineEntry, begunMs: number): string {
  const afterMs = Math.max(0, Date.parse(entry.at) - begunMs);
  return `+${String(afterMs).padStart(5)} ms  ${inSpanish() ? entry.text_es : entry.text_en}`;
}

function linesOfPlan(plan: DryRunView): string[] {
  const missing = Object.values(plan.missing).flat();
  const decisions = plan.notifications.flatMap(({ recipient_id, recipient_name, decision }) => [
    recipient_name ?? recipient_id,
    ...decision.map((channel) => `  ${inSpanish() ? channel.text_es : channel.text_en}`),
  ]);
  const verdict = plan.would_be_accepted
    ? say('✔ Se aceptaría; nada se envió.', '✔ It would be accepted; nothing was sent.')
    : `✘ ${plan.code}: ${plan.detail}`;
  return [...decisions, ...missing.map((text) => `  ${text}`), verdict];
}

function endOf(event: EventDetail): unknown {
  return {
    event_id: event.id,
    notifications: event.notifications.map(({ id, state, state_reason }) => ({
      id,
      state,
      state_reason,
    })),
  };
}

function collect(pair: string, before: Record<string, string> = {}): Record<string, string> {
  const at = pair.indexOf('=');
  if (at < 1) throw new InvalidArgumentError(say('use Nombre=valor', 'use Name=value'));
  return { ...before, [pair.slice(0, at)]: pair.slice(at + 1) };
}
