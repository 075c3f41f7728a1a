import { describe, expect, test } from '@jest/globals';
import { createLogger } from './logger.js';
import { maskEmail, maskPhone, maskText } from './mask.js';

describe('mask', () => {
  test('an address stays recognisable and cannot be written to', () => {
    expect(maskEmail('carlos@example.com')).toBe('c***s@e***.com');
    expect(maskEmail('ab@example.com.ec')).toBe('a***@e***.ec');
    expect(maskEmail('nonsense')).toBe('***');
    expect(maskPhone('+593991234567')).toBe('+5939****567');
    expect(maskPhone('123')).toBe('***');
  });

  test.each([
    ['invalid input syntax for type uuid: "customer-001"', 'customer-001'],
    ['Key (email)=(carlos@example.com) already exists.', 'carlos'],
    ['550 no such user <carlos@example.com>', 'carlos'],
    ['number +593 99 123 4567 is not on WhatsApp', '4567'],
    ['password authentication failed for postgresql://root:hunter2@db/x', 'hunter2'],
    ['Authorization: Bearer abc.def.ghi', 'abc.def'],
    ['key amb_live_0123456789abcdef', '0123456789'],
  ])('the log does not repeat the secret of: %s', (text, secret) => {
    expect(maskText(text)).not.toContain(secret);
  });

  test('an error in the log keeps its kind, code and place, and loses its values', () => {
    const lines: string[] = [];
    const logger = createLogger({
      level: 'info',
      name: 'test',
      destination: { write: (line: string) => void lines.push(line) },
    });
    const error = Object.assign(new TypeError('bad value "Carlos Mendoza"'), { code: '22P02' });
    logger.error({ err: error }, 'a query failed');
    const line = JSON.parse(lines[0] ?? '');
    expect(line).toMatchObject({ level: 'error', name: 'test', msg: 'a query failed' });
    expect(line.err).toMatchObject({ type: 'TypeError', code: '22P02', message: 'bad value ***' });
    expect(line.err.stack).toContain('mask.spec.ts');
    expect(lines[0]).not.toContain('Carlos');
  });
});
