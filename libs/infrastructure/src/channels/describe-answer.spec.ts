import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { describeAnswer } from './describe-answer.js';

describe('a provider’s answer is told without what is nobody’s business', () => {
  test.each([
    ['550 5.1.1 <ana@example.com>: unknown user', '550 5.1.1 <[address]>: unknown user'],
    ['"jid":"593991234567@s.whatsapp.net"', '"jid":"[address]"'],
    ['number 593991234567 absent', 'number [number] absent'],
    ['see https://push.example.com/w/secret?x=1 now', 'see [url] now'],
    ['one\r\ntwo\u0000three\u202efour', 'one two three four'],
    ['key top-secret refused', 'key […] refused'],
  ])('%j is told as %j', (text, expected) => {
    expect(describeAnswer(text, ['top-secret'])).toBe(expected);
  });

  test('it never exceeds 300 characters nor one line, and never holds a secret', () => {
    const secrets = fc.stringMatching(/^[a-f]{8,40}$/);
    fc.assert(
      fc.property(fc.string({ maxLength: 3000 }), secrets, (text, secret) => {
        const told = describeAnswer(`${text} ${secret} ${text}`, [secret]);
        expect(told.length).toBeLessThanOrEqual(300);
        expect(told).not.toMatch(/[\r\n]/);
        expect(told).not.toContain(secret);
      }),
    );
  });
});
