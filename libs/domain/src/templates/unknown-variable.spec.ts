import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { unknownVariable } from './unknown-variable.js';
import { foldName, variableNames } from './variables.js';

describe('a name between braces', () => {
  test.each(variableNames)('%s is a variable', (name) => {
    expect(unknownVariable(name)).toBeUndefined();
  });

  test.each([
    ['vehiculo', 'Vehículo'],
    ['Vehiculo', 'Vehículo'],
    ['VEHÍCULO', 'Vehículo'],
    ['Vehiculos', 'Vehículo'],
    ['Tecnica', 'Técnico'],
    ['nombre', 'Nombre'],
    ['Nonbre', 'Nombre'],
    ['Hra', 'Hora'],
    ['Horas', 'Hora'],
    ['Ordem', 'Orden'],
  ])('%s is no variable, and %s is offered for it', (name, meant) => {
    expect(unknownVariable(name)).toBe(`{{${name}}} is no variable; did you mean {{${meant}}}?`);
  });

  test.each(['Telefono', 'x', '', 'constructor', '__proto__', 'Gas', 'a'.repeat(50_000)])(
    '%.20s is near none: all are told',
    (name) => {
      const why = unknownVariable(name);
      expect(why).toContain(`{{${name}}} is no variable; known are {{Nombre}} `);
      expect(why).toContain('{{Vehículo}}');
    },
  );

  test('in another spelling is answered with the right one, always', () => {
    const spelling = fc
      .constantFrom(...variableNames)
      .chain((name) =>
        fc
          .constantFrom(name.toUpperCase(), name.toLowerCase(), foldName(name))
          .map((written) => ({ name, written })),
      );
    fc.assert(
      fc.property(spelling, ({ name, written }) => {
        expect(unknownVariable(written)).toContain(`did you mean {{${name}}}?`);
      }),
    );
  });
});
