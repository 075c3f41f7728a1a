import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { eventTypes } from '../catalog/event-types.js';
import { advanceGoals } from '../delivery/climb-ladder.js';
import { type Cell, quietChoices } from '../orchestration/setup.js';
import { waysWhenHeldTooLong } from '../quiet/hold-rung.js';
import { isQuiet } from '../quiet/quiet-hours.js';
import {
  aCell,
  aCommand,
  aConfig,
  aHouse,
  aRecipient,
  aSetup,
  quito,
  someFacts,
} from '../testing/builders.js';
import type { DispatchCommand } from './dispatch-command.js';
import type { DispatchPlan } from './plan.js';
import { planDispatch } from './plan-dispatch.js';

const hourMs = 3_600_000;
const anyOptions = fc.record({
  priority: fc.integer({ min: 1, max: 3 }),
  advanceAfterMinutes: fc.option(fc.integer({ min: 1, max: 10_080 })),
  advanceUntil: fc.constantFrom(...advanceGoals),
  quietHours: fc.constantFrom(...quietChoices),
  whenHeldTooLong: fc.constantFrom(...waysWhenHeldTooLong),
});
const anyCase = fc
  .record({
    email: anyOptions,
    whatsapp: anyOptions,
    push: anyOptions,
    eventType: fc.constantFrom(...Object.keys(eventTypes)),
    critical: fc.boolean(),
    hour: fc.nat(24 * 14),
    validHours: fc.option(fc.integer({ min: 1, max: 60 })),
  })
  .map(({ email, whatsapp, push, hour, validHours, ...command }) => {
    const now = new Date(Date.parse('2026-12-20T00:00:00Z') + hour * hourMs);
    const cells = [
      aCell({ channel: 'email', ...email }),
      aCell({ channel: 'whatsapp', ...whatsapp }),
      aCell({ channel: 'push', ...push }),
    ];
    const validUntil = validHours === null ? null : new Date(now.getTime() + validHours * hourMs);
    return { cells, now, command: { ...command, validUntil, tallerId: quito.id } };
  });

interface Case {
  cells: Cell[];
  now: Date;
  command: Partial<DispatchCommand>;
}

function planOf({ cells, now, command }: Case): DispatchPlan {
  const setup = aSetup({ configs: [aConfig({ cells })] });
  const plan = planDispatch(aCommand(command), someFacts({ setup, now }), aHouse);
  if (plan.kind === 'refused') throw new Error(plan.detail);
  return plan;
}

describe('the time of a plan', () => {
  test('is that of the matrix on each rung, and of no rung where it says nothing', () => {
    const cells = [
      aCell({ channel: 'whatsapp', advanceAfterMinutes: 30, advanceUntil: 'delivered' }),
      aCell({ channel: 'email', priority: 2, advanceUntil: 'read' }),
    ];
    const [notification] = planOf({
      cells,
      now: new Date('2026-12-20T12:00:00Z'),
      command: {
        eventType: 'vehicle_ready',
        critical: false,
        validUntil: null,
        tallerId: quito.id,
      },
    }).notifications;
    expect(
      notification?.ladder.map(({ advanceAfterMs, advanceUntil }) => [
        advanceAfterMs,
        advanceUntil,
      ]),
    ).toEqual([
      [1_800_000, 'delivered'],
      [undefined, undefined],
    ]);
  });

  test('is never in quiet hours for what they hold, nor after its use, whatever the matrix says', () => {
    fc.assert(
      fc.property(anyCase, (given) => {
        const plan = planOf(given);
        const [notification] = plan.notifications;
        const { dueAt, heldUntil } = notification?.start ?? {};
        const first = notification?.ladder[0];
        expect(dueAt && dueAt >= plan.dueAt && dueAt <= plan.validUntil).toBe(true);
        expect(heldUntil).toEqual(dueAt && dueAt > plan.dueAt ? dueAt : null);
        if (first?.quiet && dueAt && dueAt < plan.validUntil) {
          expect(isQuiet(dueAt, first.quiet)).toBe(false);
        }
        if (given.command.critical) expect(heldUntil).toBeNull();
      }),
    );
  });

  test('leaves decision, ladder and contents in one order, with every channel in it once', () => {
    fc.assert(
      fc.property(anyCase, (given) => {
        const [notification] = planOf(given).notifications;
        const order = notification?.ladder.map(({ channel }) => channel) ?? [];
        expect(notification?.contents.map(({ channel }) => channel)).toEqual(order);
        const planned = notification?.decision.filter(({ verdict }) => verdict === 'planned') ?? [];
        expect(
          planned.map((entry) => [entry.channel, 'position' in entry && entry.position]),
        ).toEqual(order.map((channel, index) => [channel, index + 1]));
        expect([...order].sort()).toEqual(['email', 'push', 'whatsapp']);
      }),
    );
  });

  test('is each person’s own: one whom e-mail alone reaches waits for nothing', () => {
    const customer = {
      recipient: aRecipient({ addresses: [{ channel: 'email', email: 'a@example.com' }] }),
      tallerId: quito.id,
    };
    const facts = someFacts({ now: new Date('2026-12-25T05:00:00Z'), customer });
    const plan = planDispatch(aCommand({ eventType: 'maintenance_reminder' }), facts, aHouse);
    expect(plan).toMatchObject({ notifications: [{ start: { heldUntil: null } }] });
  });
});
