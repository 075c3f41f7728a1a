import { describe, expect, test } from '@jest/globals';
import { repair } from '../testing/builders.js';
import { findByReference } from './catalog.js';

describe('clients may name an entry of the catalog by slug or UUID', () => {
  test('its slug finds it', () => {
    expect(findByReference([repair], 'averia-revision')).toBe(repair);
  });

  test('its UUID finds it, in capitals too', () => {
    expect(findByReference([repair], repair.id.toUpperCase())).toBe(repair);
  });

  test.each(['Averia-Revision', 'averia', '', '__proto__'])('%j finds nothing', (reference) => {
    expect(findByReference([repair], reference)).toBeUndefined();
  });
});
