import { expect, test } from '@jest/globals';
import { variablesIn } from './variables.js';

const known = ['Nombre', 'Placa', 'Vehículo', 'Orden'];

test('a text names variables between braces and in conditions, whatever their normal form', () => {
  const text =
    '{{Nombre}} {{ Vehi\u0301culo | upcase }} {% if Orden %}{{placa}}{% elsif Otra %}{% endif %}';
  expect(variablesIn(text, known)).toEqual({
    used: ['Nombre', 'Vehículo', 'Orden'],
    unknown: ['placa', 'Otra'],
  });
});

test('a text without braces names none', () => {
  expect(variablesIn('Hola { Nombre }', known)).toEqual({ used: [], unknown: [] });
});
