import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ClickTokens } from './click-tokens.js';

const tokens = new ClickTokens('v'.repeat(43));

test('a token names its message', () => {
  fc.assert(
    fc.property(fc.uuid(), (id) => {
      const token = tokens.make(id);
      expect(token).toMatch(/^[\w-]{43}$/);
      expect(tokens.read(token)).toBe(id);
    }),
  );
});

test('a token that was made up, altered or made elsewhere names none', () => {
  const id = '0190aaaa-0000-7000-8000-00000000000a';
  expect(tokens.read(new ClickTokens('w'.repeat(43)).make(id))).toBeNull();
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 0, maxLength: 40 }), (bytes) => {
      expect(tokens.read(Buffer.from(bytes).toString('base64url'))).toBeNull();
    }),
  );
  const token = tokens.make(id);
  for (let place = 0; place < 42; place += 1) {
    const other = token[place] === 'A' ? 'B' : 'A';
    expect(tokens.read(token.slice(0, place) + other + token.slice(place + 1))).toBeNull();
  }
});
