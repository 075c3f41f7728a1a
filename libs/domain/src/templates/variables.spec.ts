import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { foldName, variableNamedBy, variableNames, variablesFrom } from './variables.js';

const anyName = fc.constantFrom(...variableNames);
/** The same name as a caller may write it: other case, accents composed, apart or left out. */
const anySpelling = anyName.chain((name) =>
  fc
    .constantFrom(
      ...[name, name.toUpperCase(), name.toLowerCase(), foldName(name)].flatMap((spelling) => [
        spelling.normalize('NFC'),
        spelling.normalize('NFD'),
      ]),
    )
    .map((key) => ({ name, key })),
);
const anyText = fc.string({ minLength: 1 }).filter((text) => text.trim() !== '');

describe('a key of the context names a variable', () => {
  test.each([
    ['Vehículo', 'Vehículo'],
    ['vehiculo', 'Vehículo'],
    ['VEHÍCULO', 'Vehículo'],
    ['Vehi\u0301culo', 'Vehículo'],
    ['TECNICO', 'Técnico'],
    ['nombre', 'Nombre'],
  ])('%j names %s', (key, name) => {
    expect(variableNamedBy(key)).toBe(name);
  });

  test.each(['Vehículos', 'nombre ', '', '__proto__', 'constructor', '{{Nombre}}'])(
    '%j names none',
    (key) => {
      expect(variableNamedBy(key)).toBeUndefined();
    },
  );

  test('whatever its case and however its accents are written', () => {
    fc.assert(
      fc.property(anySpelling, ({ name, key }) => {
        expect(variableNamedBy(key)).toBe(name);
      }),
    );
  });

  test('folding a folded name changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        expect(foldName(foldName(name))).toBe(foldName(name));
      }),
    );
  });
});

describe('the variables of a context', () => {
  test('numbers and booleans become text, and text is trimmed and composed', () => {
    const context = { orden: 4711, hora: ' 14:30\n', taller: true, nombre: 'Jose\u0301' };
    expect(variablesFrom(context)).toEqual({
      values: { Orden: '4711', Hora: '14:30', Taller: 'true', Nombre: 'José' },
      unusable: [],
    });
  });

  test.each([null, undefined, '', ' \n\t'])('%j counts as absent', (value) => {
    expect(variablesFrom({ nombre: value })).toEqual({ values: {}, unusable: [] });
  });

  test.each([{ value: {} }, { value: [] }, { value: ['Ana'] }])(
    '$value is refused under the key that it came with',
    ({ value }) => {
      const { values, unusable } = variablesFrom({ NOMBRE: value });
      expect(values).toEqual({});
      expect(unusable).toEqual([{ key: 'NOMBRE', why: 'must be text: it fills {{Nombre}}' }]);
    },
  );

  test('two keys for one variable may agree', () => {
    const context = { vehiculo: 'Haval H6', Vehículo: ' Haval H6' };
    expect(variablesFrom(context)).toEqual({ values: { Vehículo: 'Haval H6' }, unusable: [] });
  });

  test('two keys for one variable that differ are refused', () => {
    const { unusable } = variablesFrom({ vehiculo: 'Haval H6', Vehículo: 'Jolion' });
    expect(unusable).toEqual([
      { key: 'Vehículo', why: 'gives {{Vehículo}} a second, different value' },
    ]);
  });

  test('every spelling of a name fills the same variable', () => {
    fc.assert(
      fc.property(anySpelling, anyText, ({ name, key }, text) => {
        const { values } = variablesFrom({ [key]: text });
        expect(values).toEqual({ [name]: text.normalize('NFC').trim() });
      }),
    );
  });

  test('any context gives text for known variables only, and nothing throws', () => {
    const anyKey = fc.oneof(
      anySpelling.map(({ key }) => key),
      fc.string(),
      fc.constant('__proto__'),
    );
    fc.assert(
      fc.property(fc.dictionary(anyKey, fc.anything()), (context) => {
        const { values, unusable } = variablesFrom(context);
        for (const [name, value] of Object.entries(values)) {
          expect(variableNames).toContain(name);
          expect(value).toBe(value.trim());
          expect(value).not.toBe('');
        }
        for (const { key } of unusable) expect(Object.keys(context)).toContain(key);
      }),
    );
  });
});
