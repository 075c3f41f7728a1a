import { describe, expect, test } from '@jest/globals';
import {
  aCommand,
  aConfig,
  aCustomer,
  aHouse,
  aRecipient,
  aSetup,
  aTemplate,
  quito,
  someFacts,
} from '../testing/builders.js';
import type { DispatchCommand } from './dispatch-command.js';
import type { DispatchPlan } from './plan.js';
import { type DispatchFacts, planDispatch } from './plan-dispatch.js';

function refusalOf(command: Partial<DispatchCommand>, facts: Partial<DispatchFacts> = {}) {
  const result = planDispatch(aCommand(command), someFacts(facts), aHouse);
  if (result.kind !== 'refused') throw new Error('was planned');
  return { code: result.code, fields: result.fields };
}

function planOf(
  command: Partial<DispatchCommand> = {},
  facts: Partial<DispatchFacts> = {},
): DispatchPlan {
  const result = planDispatch(aCommand(command), someFacts(facts), aHouse);
  if (result.kind === 'refused') throw new Error(JSON.stringify(result));
  return result;
}

const cellsElsewhere = aConfig().cells.map((cell) => ({ ...cell, phaseId: 'another phase' }));

describe('an event becomes a plan', () => {
  test('the customer is told on the channels of the matrix, in its order', () => {
    const [notification] = planOf().notifications;
    expect(notification?.ladder.map(({ channel }) => channel)).toEqual([
      'email',
      'whatsapp',
      'push',
    ]);
    expect(notification?.contents[1]).toEqual({
      channel: 'whatsapp',
      text: 'Carlos Mendoza: Haval H6 2024',
    });
  });

  test('each member of staff gets a notification of its own', () => {
    const staff = ['staff-001', 'staff-002'].map((id) => aRecipient({ kind: 'staff', id }));
    const { notifications } = planOf({ target: 'staff' }, { staff });
    expect(notifications.map(({ recipient }) => recipient.id)).toEqual(['staff-001', 'staff-002']);
  });

  test('the workshop’s own configuration goes before the global one', () => {
    const own = aConfig({ id: 'config-quito', tallerId: quito.id });
    const facts = { setup: aSetup({ configs: [aConfig(), own] }) };
    expect(planOf({ tallerId: quito.slug }, facts)).toMatchObject({
      configId: 'config-quito',
      configScope: 'taller',
    });
    expect(planOf({}, facts)).toMatchObject({ configId: 'config-global', configScope: 'global' });
  });

  test('a workshop’s own configuration counts from its first cell on', () => {
    const own = aConfig({ id: 'config-quito', tallerId: quito.id });
    const [cell] = own.cells;
    const configOf = (cells: typeof own.cells) => {
      const facts = { setup: aSetup({ configs: [aConfig(), { ...own, cells }] }) };
      return planOf({ tallerId: quito.slug }, facts).configId;
    };
    expect(configOf([])).toBe('config-global');
    expect(cell && configOf([cell])).toBe('config-quito');
  });

  test('the caller’s values win over ours', () => {
    const { variables } = planOf({ context: { nombre: 'Don Carlos', hora: '14:30' } })
      .notifications[0] ?? { variables: {} };
    expect(variables).toEqual({
      Nombre: 'Don Carlos',
      Hora: '14:30',
      Placa: 'ABC123',
      Vehículo: 'Haval H6 2024',
      Fase: 'Recepción',
      Taller: 'Ambacar Service',
    });
  });
});

describe('the times of an event', () => {
  const now = new Date('2026-01-20T14:30:00Z');
  const at = (hours: number) => new Date(now.getTime() + hours * 3_600_000);

  test.each([
    ['is due at once and of use as long as its type says', {}, 0, 24],
    ['waits until it is scheduled, and its time starts then', { scheduledFor: at(5) }, 5, 29],
    ['scheduled in the past is due at once', { scheduledFor: at(-5) }, 0, 24],
    ['is of use as long as the caller says', { validUntil: at(1) }, 0, 1],
  ])('an event %s', (_, command, dueHours, validHours) => {
    expect(planOf(command)).toMatchObject({ dueAt: at(dueHours), validUntil: at(validHours) });
  });

  test.each([
    ['the end passed', { validUntil: at(-1) }, 'must be in the future'],
    ['it would end as it starts', { validUntil: now }, 'must be in the future'],
    [
      'the end is before the start',
      { scheduledFor: at(2), validUntil: at(1) },
      'must be after scheduled_for',
    ],
    ['both have passed', { scheduledFor: at(-3), validUntil: at(-1) }, 'must be in the future'],
  ])('an event is refused where %s', (_, command, why) => {
    expect(refusalOf(command)).toEqual({
      code: 'already_expired',
      fields: { valid_until: [why] },
    });
  });
});

describe('an event is refused, and told which field must change', () => {
  test.each<[string, Partial<DispatchCommand>, Partial<DispatchFacts>, string[]]>([
    ['unknown_customer', {}, { customer: null }, ['customer_id']],
    ['unknown_vehicle', {}, { vehicle: null }, ['vehicle_id']],
    ['unknown_phase', { phase: 'x' }, { customer: null }, ['phase_id', 'customer_id']],
    ['no_orchestration', {}, { setup: aSetup({ configs: [] }) }, ['service_type_id']],
    [
      'no_orchestration',
      {},
      { setup: aSetup({ configs: [aConfig({ cells: [] })] }) },
      ['service_type_id'],
    ],
    [
      'no_orchestration',
      {},
      { setup: aSetup({ configs: [aConfig({ cells: cellsElsewhere })] }) },
      ['phase_id'],
    ],
    ['no_recipients', { target: 'staff' }, { staff: [] }, ['target']],
    ['validation_failed', { context: { nombre: {} } }, {}, ['context.nombre']],
    ['content_too_long', { context: { nombre: 'x'.repeat(5000) } }, {}, ['context']],
  ])('%s for %j', (code, command, facts, fields) => {
    const refusal = refusalOf(command, facts);
    expect(refusal.code).toBe(code);
    expect(Object.keys(refusal.fields)).toEqual(fields);
  });

  test('a missing variable is named with every channel that needs it', () => {
    const refusal = refusalOf({ vehicleId: null }, { vehicle: null });
    expect(refusal).toEqual({
      code: 'missing_variables',
      fields: {
        'context.Vehículo': [
          'the email template needs {{Vehículo}}',
          'the whatsapp template needs {{Vehículo}}',
        ],
        'context.Placa': ['the push template needs {{Placa}}'],
      },
    });
  });

  test('a variable that only a channel left out needs is not missed', () => {
    const recipient = aRecipient({
      addresses: [{ channel: 'email', email: 'carlos@example.com' }],
    });
    const setup = aSetup({}, { 'template-email-v1': { subject: 's', html: 'h', text: 't' } });
    const facts = { customer: aCustomer({ recipient }), vehicle: null, setup };
    expect(planOf({ vehicleId: null }, facts).notifications).toHaveLength(1);
  });
});

describe('an event that would reach nobody', () => {
  const nobody = { addresses: [], suppressed: [] };

  test('is refused with the reason of every channel', () => {
    const customer = aCustomer({ recipient: aRecipient(nobody) });
    const why = ['We have no address of the person on this channel.'];
    expect(refusalOf({}, { customer })).toEqual({
      code: 'no_reachable_channel',
      fields: { 'channels.email': why, 'channels.whatsapp': why, 'channels.push': why },
    });
  });

  test('is refused for admin mailboxes too', () => {
    const staff = [aRecipient({ ...nobody, kind: 'admin' })];
    expect(refusalOf({ target: 'staff' }, { staff }).code).toBe('no_reachable_channel');
  });

  test('is accepted for staff, who have their inbox in the console', () => {
    const staff = [aRecipient({ ...nobody, kind: 'staff' })];
    const [notification] = planOf({ target: 'staff' }, { staff }).notifications;
    expect(notification).toMatchObject({ ladder: [], contents: [] });
  });

  test('because no template exists is told so', () => {
    const setup = aSetup({ templates: [aTemplate({ target: 'staff' })] });
    expect(refusalOf({}, { setup }).fields).toMatchObject({
      'channels.email': ['There is no template for this service, phase and channel.'],
    });
  });
});
