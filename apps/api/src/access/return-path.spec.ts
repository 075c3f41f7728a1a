import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { returnPath } from './return-path.js';

describe('after a sign-in', () => {
  test.each([
    '/',
    '/matriz',
    '/notificaciones?q=ABC123&page=2',
    '/plantillas/1#abajo',
    '/clientes/a%2Fb',
  ])('the console goes on at %s', (path) => {
    expect(returnPath(path)).toBe(path);
  });

  test.each([
    '//example.com',
    '/\\example.com',
    '\\\\example.com',
    'https://example.com/',
    '/\t/example.com',
    '/.//example.com',
    '/x/..//example.com',
    'javascript:alert(1)',
    'matriz',
    '',
    undefined,
    ['/a', '/b'],
    `/${'x'.repeat(1000)}`,
  ])('%j leads to the first page', (wanted) => {
    expect(returnPath(wanted)).toBe('/');
  });

  test('nothing leads to another origin', () => {
    const part = fc.constantFrom('/', '\\', '.', '..', ':', '@', '%2f', '\t', 'http:', 'evil.com');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        const path = returnPath(parts.join(''));
        expect(new URL(path, 'https://own.example').origin).toBe('https://own.example');
      }),
    );
  });
});
