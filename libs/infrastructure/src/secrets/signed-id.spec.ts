import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { SignedIds } from './signed-id.js';

const ids = new SignedIds(['k'.repeat(40)], 'spec', 16);

describe('a signed id', () => {
  test('is known by its signature, and no other id by it', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.uuid(), (id, other) => {
        expect(ids.isSigned(id, ids.sign(id))).toBe(true);
        expect(ids.isSigned(other, ids.sign(id))).toBe(other === id);
      }),
    );
  });

  test('with any one byte of its signature altered is not signed', () => {
    const signature = ids.sign('id');
    for (let place = 0; place < signature.length; place += 1) {
      const altered = Buffer.from(signature);
      altered[place] = (altered[place] ?? 0) ^ 1;
      expect(ids.isSigned('id', altered)).toBe(false);
    }
  });

  test('of another length is not signed', () => {
    for (const length of [0, 8, 15]) {
      expect(ids.isSigned('id', ids.sign('id').subarray(0, length))).toBe(false);
    }
  });

  test('for another purpose is not signed', () => {
    const others = new SignedIds(['k'.repeat(40)], 'another', 16);
    expect(others.isSigned('id', ids.sign('id'))).toBe(false);
  });

  test('goes on while the secret is being replaced', () => {
    const now = new SignedIds(['n'.repeat(40), 'k'.repeat(40)], 'spec', 16);
    expect(now.isSigned('id', ids.sign('id'))).toBe(true);
    expect(ids.isSigned('id', now.sign('id'))).toBe(false);
  });
});
