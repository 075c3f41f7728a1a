import { type Channel, channels } from '../catalog/channels.js';
import { addressesOn, type Recipient } from '../customers/recipient.js';
import { errors } from '../errors.js';
import type { Cell, Setup } from '../orchestration/setup.js';
import { holdRung, type RungStart } from '../quiet/hold-rung.js';
import { quietOfRung } from '../quiet/quiet-rung.js';
import { chooseTemplate } from '../templates/choose-template.js';
import { lengthFault, missingVariables, renderContent } from '../templates/render-message.js';
import type { Content, Template } from '../templates/template.js';
import type { Variables } from '../templates/variables.js';
import type { ChannelDecision } from './channel-decision.js';
import { type ChosenTemplate, decideChannels } from './decide-channels.js';
import type { DispatchCommand } from './dispatch-command.js';
import type { PlannedNotification, Refusal, ResolvedReferences, Rung } from './plan.js';
import type { HouseFacts } from './plan-dispatch.js';

/** What the plan of every recipient of one event rests on. */
export interface PlanningGround {
  command: DispatchCommand;
  setup: Setup;
  references: ResolvedReferences;
  /** The matrix's cells of the event's phase. */
  cells: readonly Cell[];
  variables: Variables;
  house: HouseFacts;
  dueAt: Date;
  validUntil: Date;
}

/**
 * One recipient's ladder with every rung rendered, or why it cannot be: a variable is missing, or
 * a value makes a message too long. Every fault of every planned channel is told at once.
 */
export function planNotification(
  recipient: Recipient,
  ground: PlanningGround,
): PlannedNotification | Refusal {
  const { variables } = ground;
  const templates = new Map(
    channels.map((channel) => [channel, findTemplate(ground, channel)] as const),
  );
  const decision = decideChannels(
    recipient,
    ground.cells,
    (channel) => templates.get(channel),
    ground.command.critical,
  );
  const planned: Template[] = [];
  const ladder: Rung[] = [];
  for (const { channel, verdict } of decision) {
    const template = templates.get(channel)?.template;
    if (verdict !== 'planned' || !template) continue;
    planned.push(template);
    const addresses = addressesOn(recipient, channel);
    ladder.push({
      channel,
      templateVersionId: template.versionId,
      addresses,
      ...timingOf(ground, channel),
    });
  }
  const missing = refuseMissing(ground, recipient, planned, decision);
  if (missing) return missing;
  const contents = planned.map((template) => render(ground, template));
  const start = holdRung(ladder, 0, ground.dueAt, ground.validUntil);
  return (
    refuseLong(contents) ??
    startingWith(start, { recipient, variables, decision, ladder, contents, start })
  );
}

/** What the matrix says of a rung's time. */
function timingOf(ground: PlanningGround, channel: Channel): Partial<Rung> {
  const cell = ground.cells.find((candidate) => candidate.channel === channel);
  if (!cell) return {};
  const { eventType, critical } = ground.command;
  const { dueAt, validUntil, references } = ground;
  return {
    ...(cell.advanceAfterMinutes !== null && {
      advanceAfterMs: cell.advanceAfterMinutes * 60_000,
      advanceUntil: cell.advanceUntil,
    }),
    ...quietOfRung({ eventType, critical, taller: references.taller, dueAt, validUntil }, cell),
  };
}

/** Where quiet hours let the e-mail go first, it stands first everywhere. */
function startingWith({ rung }: RungStart, planned: PlannedNotification): PlannedNotification {
  if (rung === 0) return planned;
  const { decision, ladder, contents, start } = planned;
  const first = <T>(list: readonly T[]) => [
    ...list.slice(rung, rung + 1),
    ...list.filter((_, place) => place !== rung),
  ];
  return {
    ...planned,
    start: { ...start, rung: 0 },
    ladder: first(ladder),
    contents: first(contents),
    decision: first(decision).map((entry, place) =>
      entry.verdict === 'left_out'
        ? entry
        : {
            ...entry,
            position: place + 1,
            orderedBy: place === 0 ? ('quiet_hours' as const) : entry.orderedBy,
          },
    ),
  };
}

function findTemplate(
  { command, setup, references }: PlanningGround,
  channel: Channel,
): ChosenTemplate | undefined {
  return chooseTemplate(setup.templates, {
    channel,
    target: command.target,
    phaseId: references.phase.id,
    serviceTypeId: references.serviceType.id,
    subtypeId: references.subtype?.id ?? null,
    tallerId: references.taller?.id ?? null,
    eventType: command.eventType,
  });
}

function render({ setup, variables, house }: PlanningGround, template: Template): Content {
  return renderContent(template.channel, setup.compiled(template), variables, house.frontendUrl);
}

function refuseMissing(
  { setup, variables }: PlanningGround,
  recipient: Recipient,
  planned: readonly Template[],
  decision: ChannelDecision[],
): Refusal | undefined {
  const channelsByVariable = new Map<string, string[]>();
  for (const template of planned) {
    for (const name of missingVariables(setup.compiled(template), variables)) {
      channelsByVariable.set(name, [...(channelsByVariable.get(name) ?? []), template.channel]);
    }
  }
  if (channelsByVariable.size === 0) return undefined;
  const fields = Object.fromEntries(
    [...channelsByVariable].map(([name, needing]) => [
      `context.${name}`,
      needing.map((channel) => `the ${channel} template needs {{${name}}}`),
    ]),
  );
  return {
    kind: 'refused',
    code: 'missing_variables',
    detail: errors.missing_variables.en,
    fields,
    decisions: [{ recipientId: recipient.id, decision }],
  };
}

function refuseLong(contents: readonly Content[]): Refusal | undefined {
  const faults = contents.flatMap((content) => {
    const fault = lengthFault(content);
    return fault ? [`${content.channel}: ${fault}`] : [];
  });
  if (faults.length === 0) return undefined;
  const code = 'content_too_long';
  return { kind: 'refused', code, detail: errors[code].en, fields: { context: faults } };
}
