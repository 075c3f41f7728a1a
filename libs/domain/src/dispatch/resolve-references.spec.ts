import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { errors } from '../errors.js';
import { aCommand, aSetup, quito, reception, repair } from '../testing/builders.js';
import { resolveReferences } from './resolve-references.js';

const setup = aSetup();
const brakes = repair.subtypes[0];

describe('what a command names is found', () => {
  test('by slugs', () => {
    const command = aCommand({ subtype: 'averia-frenos', tallerId: quito.slug });
    expect(resolveReferences(command, setup, null)).toEqual({
      serviceType: repair,
      subtype: brakes,
      phase: reception,
      taller: quito,
    });
  });

  test('by UUIDs', () => {
    const command = aCommand({
      serviceType: repair.id,
      subtype: brakes?.id ?? '',
      phase: reception.id.toUpperCase(),
      tallerId: quito.id,
    });
    const found = resolveReferences(command, setup, null);
    expect(found).toMatchObject({ serviceType: repair, subtype: brakes, taller: quito });
  });

  test('in the customer’s workshop where the command names none', () => {
    expect(resolveReferences(aCommand(), setup, quito.id)).toMatchObject({ taller: quito });
  });

  test('without a workshop where that of the customer is not known any more', () => {
    expect(resolveReferences(aCommand(), setup, 'gone')).toMatchObject({ taller: null });
  });
});

describe('what names nothing is refused by its field, with what could be named', () => {
  test.each([
    [{ serviceType: 'x' }, 'unknown_service_type', 'service_type_id', 'averia-revision'],
    [{ subtype: 'x' }, 'unknown_subtype', 'subtype_id', 'averia-frenos'],
    [{ phase: 'x' }, 'unknown_phase', 'phase_id', 'phase-reception'],
    [{ tallerId: 'x' }, 'unknown_taller', 'taller_id', 'names no workshop'],
  ])('%j is %s', (named, code, field, told) => {
    const refusal = resolveReferences(aCommand(named), setup, null);
    expect(refusal).toMatchObject({
      kind: 'refused',
      code,
      fields: { [field]: [expect.stringContaining(told)] },
    });
  });

  test('all at once', () => {
    const command = aCommand({ serviceType: 'x', phase: 'x', tallerId: 'x' });
    const refusal = resolveReferences(command, setup, null);
    const fields = 'fields' in refusal ? Object.keys(refusal.fields) : [];
    expect(fields).toEqual(['service_type_id', 'phase_id', 'taller_id']);
  });

  test('the subtypes of a type that has none are told so', () => {
    const bare = aSetup({ serviceTypes: [{ ...repair, subtypes: [] }] });
    expect(resolveReferences(aCommand({ subtype: 'x' }), bare, null)).toMatchObject({
      fields: { subtype_id: ['the service type has no subtypes'] },
    });
  });

  test('any text resolves or is refused with a known code and a field', () => {
    const anyText = fc.oneof(
      fc.string(),
      fc.constantFrom('__proto__', repair.slug, reception.slug),
    );
    fc.assert(
      fc.property(anyText, fc.option(anyText), anyText, (serviceType, subtype, phase) => {
        const result = resolveReferences(aCommand({ serviceType, subtype, phase }), setup, null);
        if (!('code' in result)) return;
        expect(errors[result.code].en).toBe(result.detail);
        expect(Object.keys(result.fields)).not.toHaveLength(0);
      }),
    );
  });
});
