import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { channels, targets } from '../catalog/channels.js';
import { errors } from '../errors.js';
import { anyCells, anyRecipient } from '../testing/arbitraries.js';
import {
  aCommand,
  aConfig,
  aCustomer,
  aHouse,
  aSetup,
  aVehicle,
  quito,
  reception,
  repair,
  someFacts,
} from '../testing/builders.js';
import { planDispatch } from './plan-dispatch.js';

const rarely = <T>(usual: T, ...others: T[]) => fc.constantFrom(usual, usual, usual, ...others);
const anyTime = fc.option(
  fc.date({ min: new Date('2026-01-18'), max: new Date('2026-01-24'), noInvalidDate: true }),
);

const anyCommand = fc
  .record({
    eventType: fc.string(),
    serviceType: rarely(repair.slug, repair.id, 'nothing', '__proto__'),
    subtype: rarely<string | null>(null, 'averia-frenos', 'nothing'),
    phase: rarely(reception.slug, reception.id, 'nothing'),
    target: fc.constantFrom(...targets),
    vehicleId: fc.constantFrom(null, 'vehicle-001'),
    tallerId: rarely<string | null>(null, quito.slug, 'nothing'),
    context: fc.oneof(
      fc.constant({}),
      fc.dictionary(fc.constantFrom('nombre', 'VEHÍCULO', '__proto__', 'x'), fc.anything()),
    ),
    validUntil: anyTime,
    scheduledFor: anyTime,
    critical: fc.boolean(),
  })
  .map(aCommand);

const anyFacts = fc
  .record({
    recipient: anyRecipient,
    staff: fc.array(anyRecipient, { maxLength: 3 }),
    cells: anyCells,
    hasCustomer: rarely(true, false),
    hasVehicle: rarely(true, false),
  })
  .map(({ recipient, staff, cells, hasCustomer, hasVehicle }) =>
    someFacts({
      setup: aSetup({
        configs: targets.map((target) =>
          aConfig({ target, cells: cells.map((cell) => ({ ...cell, phaseId: reception.id })) }),
        ),
      }),
      customer: hasCustomer ? aCustomer({ recipient }) : null,
      vehicle: hasVehicle ? aVehicle() : null,
      staff,
    }),
  );

describe('whatever is dispatched, by whomever', () => {
  test('a refusal has a known code and names at least one field; nothing throws', () => {
    fc.assert(
      fc.property(anyCommand, anyFacts, (command, facts) => {
        const result = planDispatch(command, facts, aHouse);
        if (result.kind !== 'refused') return;
        expect(result.detail).toBe(errors[result.code].en);
        const reasons = Object.values(result.fields);
        expect(reasons).not.toHaveLength(0);
        for (const why of reasons) expect(why).not.toHaveLength(0);
      }),
      { numRuns: 500 },
    );
  });

  test('the same command on the same facts gives the same plan', () => {
    fc.assert(
      fc.property(anyCommand, anyFacts, (command, facts) => {
        const first = planDispatch(command, facts, aHouse);
        expect(planDispatch(structuredClone(command), facts, aHouse)).toEqual(first);
      }),
    );
  });

  test('planning changes neither the command nor the facts', () => {
    fc.assert(
      fc.property(anyCommand, anyFacts, (command, { setup, ...facts }) => {
        const before = structuredClone({ command, facts });
        planDispatch(command, { setup, ...facts }, aHouse);
        expect({ command, facts }).toEqual(before);
      }),
    );
  });

  test('a plan has for every planned channel one rung, its content and where it goes', () => {
    fc.assert(
      fc.property(anyCommand, anyFacts, (command, facts) => {
        const result = planDispatch(command, facts, aHouse);
        if (result.kind !== 'plan') return;
        expect(result.dueAt >= facts.now).toBe(true);
        expect(result.validUntil > result.dueAt).toBe(true);
        for (const { decision, ladder, contents } of result.notifications) {
          const planned = decision.filter(({ verdict }) => verdict === 'planned');
          const order = planned.map(({ channel }) => channel);
          expect(ladder.map(({ channel }) => channel)).toEqual(order);
          expect(contents.map(({ channel }) => channel)).toEqual(order);
          expect(decision.map(({ channel }) => channel).sort()).toEqual([...channels].sort());
          for (const { channel, addresses } of ladder) {
            expect(addresses).not.toHaveLength(0);
            expect(addresses.every((address) => address.channel === channel)).toBe(true);
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});
