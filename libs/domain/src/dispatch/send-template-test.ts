import { addressesOn, type Recipient } from '../customers/recipient.js';
import { errors } from '../errors.js';
import { defaultCellOptions } from '../orchestration/setup.js';
import type { DispatchStore } from '../ports/dispatch-store.js';
import type { CompiledTemplate } from '../ports/template-engine.js';
import { lengthFault, missingVariables, renderContent } from '../templates/render-message.js';
import type { Template } from '../templates/template.js';
import { exampleVariables } from '../templates/variable-guide.js';
import { type Variables, variablesFrom } from '../templates/variables.js';
import { leftOutReasons } from './channel-decision.js';
import { decideChannels } from './decide-channels.js';
import type { DispatchCommand, IdempotencyClaim } from './dispatch-command.js';
import { answerAgain, type DispatchResult } from './dispatch-notification.js';
import type { DispatchPlan, Refusal, ResolvedReferences } from './plan.js';
import type { HouseFacts } from './plan-dispatch.js';

/** The event type under which tests stand on the log. */
export const templateTestEvent = 'template_test';

/** Whoever tries a text looks for it now. */
const validForMs = 15 * 60_000;

export interface TemplateTest {
  /** Its version is the marked one: the text says of itself that it is a test. */
  template: Template;
  compiled: CompiledTemplate;
  references: ResolvedReferences;
  /** Null: the customer of the command. */
  recipient: Recipient | null;
  /** The member of the request that names the recipient, for a refusal. */
  member: string;
}

/**
 * Sends one template to one person, by the road that every message goes: on the log, through the
 * real channel, claimed and tried again like any. The matrix and quiet hours are passed over, what
 * the person said is not. What is left open is filled with the variables' examples.
 */
export class SendTemplateTest {
  constructor(
    private readonly store: DispatchStore,
    private readonly house: HouseFacts,
  ) {}

  async execute(
    test: TemplateTest,
    command: DispatchCommand,
    claim: IdempotencyClaim | null,
  ): Promise<DispatchResult> {
    const { facts, earlier } = await this.store.read(command, claim);
    if (earlier && claim) return answerAgain(earlier, claim);
    const recipient = test.recipient ?? facts.customer?.recipient;
    if (!recipient) return refuse('unknown_customer', { [test.member]: ['names no customer'] });
    const plan = planTemplateTest({ ...test, recipient }, command, facts.now, this.house);
    if (plan.kind === 'refused') return plan;
    const result = await this.store.commit(command, plan, claim);
    if (result.kind === 'overtaken' && claim) return answerAgain(result, claim);
    if (result.kind === 'in_use') return { kind: 'key_in_use' };
    return { kind: 'accepted', receipt: result.receipt, replayed: false };
  }
}

function planTemplateTest(
  test: TemplateTest & { recipient: Recipient },
  command: DispatchCommand,
  now: Date,
  house: HouseFacts,
): DispatchPlan | Refusal {
  const { template, compiled, recipient, references } = test;
  const { channel } = template;
  const cell = { phaseId: template.phaseId, channel, enabled: true, priority: 1 };
  const source = template.tallerId === null ? ('global_type' as const) : ('taller_type' as const);
  const decision = decideChannels(
    recipient,
    [{ ...cell, ...defaultCellOptions }],
    () => ({ template, source }),
    false,
  ).filter((each) => each.channel === channel);
  const [only] = decision;
  if (only?.verdict === 'left_out') {
    return refuse('no_reachable_channel', { [test.member]: [leftOutReasons[only.reason].en] });
  }
  const variables = variablesOf(test, command, house);
  if ('kind' in variables) return variables;
  const missing = missingVariables(compiled, variables.values);
  if (missing.length > 0) {
    const fields = missing.map((name) => [`context.${name}`, [`the template needs {{${name}}}`]]);
    return refuse('missing_variables', Object.fromEntries(fields));
  }
  const content = renderContent(channel, compiled, variables.values, house.frontendUrl);
  const long = lengthFault(content);
  if (long) return refuse('content_too_long', { context: [`${channel}: ${long}`] });
  const addresses = addressesOn(recipient, channel);
  return {
    kind: 'plan',
    references,
    // No configuration had a say.
    configId: '',
    configScope: 'global',
    notifications: [
      {
        recipient,
        variables: variables.values,
        decision,
        ladder: [{ channel, templateVersionId: template.versionId, addresses }],
        start: { rung: 0, dueAt: now, quietFrom: null, heldUntil: null },
        contents: [content],
      },
    ],
    dueAt: now,
    validUntil: new Date(now.getTime() + validForMs),
  };
}

function variablesOf(
  { references: { phase, taller }, recipient }: TemplateTest,
  { context }: DispatchCommand,
  house: HouseFacts,
): { values: Variables } | Refusal {
  const { values, unusable } = variablesFrom(context);
  if (unusable.length > 0) {
    const fields = unusable.map(({ key, why }) => [`context.${key}`, [why]]);
    return refuse('validation_failed', Object.fromEntries(fields));
  }
  const own: Variables = { Fase: phase.name, Taller: taller?.name ?? house.defaultTallerName };
  if (recipient?.kind === 'customer') own.Nombre = recipient.name;
  return { values: { ...exampleVariables, ...own, ...values } };
}

function refuse(code: Refusal['code'], fields: Refusal['fields']): Refusal {
  return { kind: 'refused', code, detail: errors[code].en, fields };
}
