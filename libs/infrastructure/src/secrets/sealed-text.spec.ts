import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { SealBroken, seal, unseal } from './sealed-text.js';

const key = 'k'.repeat(32);
const other = 'o'.repeat(32);

test('what is sealed opens again, whatever it is, and is not to be read meanwhile', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme', minLength: 8 }), async (text) => {
      const sealed = await seal(key, 'row 1', text);
      expect(sealed).not.toContain(text);
      expect(await unseal([key], 'row 1', sealed)).toBe(text);
    }),
    { numRuns: 50 },
  );
});

test('equal texts are sealed differently', async () => {
  expect(await seal(key, 'row 1', 'same')).not.toBe(await seal(key, 'row 1', 'same'));
});

test('a text opens with the key before the one in force', async () => {
  const sealed = await seal(other, 'row 1', 'secret');
  expect(await unseal([key, other], 'row 1', sealed)).toBe('secret');
});

test('a text does not open with another key, for another row, or altered', async () => {
  const sealed = await seal(key, 'row 1', 'secret');
  const altered = sealed.slice(0, -4) + (sealed.endsWith('AAAA') ? 'BBBB' : 'AAAA');
  await expect(unseal([other], 'row 1', sealed)).rejects.toThrow(SealBroken);
  await expect(unseal([key], 'row 2', sealed)).rejects.toThrow(SealBroken);
  await expect(unseal([key], 'row 1', altered)).rejects.toThrow(SealBroken);
  await expect(unseal([key], 'row 1', 'not sealed')).rejects.toThrow(SealBroken);
});
