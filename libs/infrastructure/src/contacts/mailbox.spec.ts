import { describe, expect, test } from '@jest/globals';
import { isMailbox } from './mailbox.js';

describe('a mailbox is one plain address and nothing else', () => {
  test.each([
    'ana@example.com',
    'ana.perez+taller@mail.example.com',
    "o'brien@example.ec",
    'ana@españa.example',
    'ana@xn--espaa-rta.example',
    'a@b.ec',
  ])('%s is one', (text) => {
    expect(isMailbox(text)).toBe(true);
  });

  test.each([
    '',
    'ana',
    '@example.com',
    'ana@',
    'ana@localhost',
    'ana@127.0.0.1',
    'ana@[127.0.0.1]',
    'ana@@example.com',
    'ana@example.com@evil.example',
    'ana@example.com\r\nBcc: evil@example.com',
    'ana@example.com\u0000',
    'ana @example.com',
    'Ana <ana@example.com>',
    'ana@example.com,evil@example.com',
    'ana@example.com;evil@example.com',
    '"ana@evil.example"@example.com',
    'ana(x)@example.com',
    'ana..perez@example.com',
    '.ana@example.com',
    'ána@example.com',
    'ana@exa_mple.com',
    'ana@-example.com',
    'ana@example..com',
    `${'a'.repeat(65)}@example.com`,
    `ana@${'a'.repeat(64)}.com`,
    `ana@${'abcdefg.'.repeat(40)}com`,
    'ana@example.com\u202e',
  ])('%j is none', (text) => {
    expect(isMailbox(text)).toBe(false);
  });
});
