import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isNewsOfErased, isNewsOfErasedVehicle } from './after-erasure.js';
import { sourceVersionOf } from './core-record.js';

const moment = (text: string) => sourceVersionOf(undefined, text);
const erasedAt = moment('2026-11-22T12:00:00Z');
const before = moment('2026-11-22T11:59:59.999999999Z');
const after = moment('2026-11-22T12:00:00.000000001Z');
const number = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }).map(String);
const time = fc
  .bigInt({ min: BigInt(before) - 10n ** 12n, max: BigInt(after) + 10n ** 12n })
  .map(String);
const version = fc.oneof(number, time);
const lastVersion = fc.oneof(fc.constant('-1'), version);

describe('what the core system says of one who was erased', () => {
  test.each([
    ['by time, before', before, '-1', false],
    ['by time, after', after, '-1', true],
    ['by time, after, known by number', after, '7', true],
    ['by time, before, newer than what was known', before, moment('2026-01-01T00:00Z'), false],
    ['by number, the last one known', '7', '7', false],
    ['by number, the next one', '8', '7', true],
    ['by number, where nothing was known', '8', '-1', false],
    ['by number, where a time was known', '8', before, false],
  ])('%s the erasure: news is what is newer for sure', (_, said, last, isNews) => {
    expect(isNewsOfErased(said, { lastVersion: last, erasedAt }, false)).toBe(isNews);
  });

  test('by number, of one of whom it had said nothing, counts once he is there again', () => {
    expect(isNewsOfErased('1', { lastVersion: '-1', erasedAt }, true)).toBe(true);
  });

  test('is never news twice over: what is no newer than the last word stays old', () => {
    fc.assert(
      fc.property(version, lastVersion, fc.boolean(), (said, last, isThere) => {
        const isNews = isNewsOfErased(said, { lastVersion: last, erasedAt }, isThere);
        if (BigInt(said) <= BigInt(last)) expect(isNews).toBe(false);
      }),
    );
  });

  test('and is news stays news for whatever is newer by the same measure', () => {
    for (const measure of [number, time]) {
      fc.assert(
        fc.property(measure, measure, lastVersion, fc.boolean(), (one, other, last, isThere) => {
          const [older, newer] = BigInt(one) < BigInt(other) ? [one, other] : [other, one];
          const erased = { lastVersion: last, erasedAt };
          if (isNewsOfErased(older, erased, isThere)) {
            expect(isNewsOfErased(newer, erased, isThere)).toBe(true);
          }
        }),
      );
    }
  });
});

describe('what it says of a vehicle', () => {
  const gone = { record: { lastVersion: '7', erasedAt }, isThere: false };
  const own = (last: string) => ({ lastVersion: last, erasedAt });

  test('of one who was erased goes by the moment, or by the number that was known of it', () => {
    expect(isNewsOfErasedVehicle(before, undefined, gone)).toBe(false);
    expect(isNewsOfErasedVehicle(after, undefined, gone)).toBe(true);
    expect(isNewsOfErasedVehicle('9', undefined, gone)).toBe(false);
    expect(isNewsOfErasedVehicle('9', own('8'), gone)).toBe(true);
    expect(isNewsOfErasedVehicle('9', own('9'), gone)).toBe(false);
  });

  test('that somebody else has now is as old as what was known of it, and no older', () => {
    fc.assert(
      fc.property(version, lastVersion, fc.boolean(), (said, last, isThere) => {
        const owner = isThere ? { ...gone, isThere } : undefined;
        expect(isNewsOfErasedVehicle(said, own(last), owner)).toBe(BigInt(said) > BigInt(last));
      }),
    );
  });
});
