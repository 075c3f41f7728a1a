import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { normalizePhone } from './phone.js';

describe('a phone number becomes E.164 or nothing', () => {
  test.each([
    ['0991234567', 'EC', '+593991234567'],
    ['099 123 4567', 'EC', '+593991234567'],
    ['593991234567', 'EC', '+593991234567'],
    ['+593 99 123 4567', 'EC', '+593991234567'],
    ['00593991234567', 'EC', '+593991234567'],
    ['+593991234567', 'MX', '+593991234567'],
    ['+593991234567', '??', '+593991234567'],
    ['+593991234567', 'ec', '+593991234567'],
    ['+593991234567', 'EC', '+593991234567'],
    ['02 250 1234', 'EC', '+59322501234'],
    ['+52 1 55 1234 5678', 'EC', '+525512345678'],
    ['5215512345678', 'MX', '+525512345678'],
    ['+5491123456789', 'EC', '+5491123456789'],
    ['+5511987654321', 'EC', '+5511987654321'],
  ])('%s in %s is %s', (text, country, expected) => {
    expect(normalizePhone(text, country)).toBe(expected);
  });

  test.each([
    ['', 'EC'],
    ['099000000', 'EC'],
    ['+52123456789', 'EC'],
    ['0991234567', '??'],
    ['llame al 0991234567', 'EC'],
    ['593991234567@s.whatsapp.net', 'EC'],
    ['status@broadcast', 'EC'],
    ['0991234567 ext 12', 'EC'],
    ['+593991234567\u0000', 'EC'],
    ['+'.repeat(10_000), 'EC'],
    ['9'.repeat(41), 'EC'],
  ])('%s in %s is no number', (text, country) => {
    expect(normalizePhone(text, country)).toBeNull();
  });

  test('whatever is typed, the result is null or plain E.164, and stays the same when read again', () => {
    const typed = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 40 }),
      fc.string({ unit: fc.constantFrom(...'+0123456789 ()-.１２３'), maxLength: 24 }),
    );
    fc.assert(
      fc.property(typed, fc.constantFrom('EC', 'MX', 'AR', 'BR', '??'), (text, country) => {
        const phone = normalizePhone(text, country);
        if (phone === null) return;
        expect(phone).toMatch(/^\+[1-9]\d{6,14}$/);
        expect(normalizePhone(phone, country)).toBe(phone);
      }),
    );
  });
});
