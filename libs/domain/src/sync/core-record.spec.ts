import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { newestOf, type Statement, sourceVersionOf } from './core-record.js';

describe('the version of a record', () => {
  test('is its own number where it has one, whatever its time', () => {
    expect(sourceVersionOf(7, '2026-01-20T14:30:00-05:00')).toBe('7');
  });

  test.each([
    ['2026-01-20T14:30:00-05:00', '1768937400000000000'],
    ['2026-01-20T19:30:00Z', '1768937400000000000'],
    ['2026-01-20T19:30Z', '1768937400000000000'],
    ['2026-01-20T19:30:00.5Z', '1768937400500000000'],
    ['2026-01-20T19:30:00.123456789Z', '1768937400123456789'],
  ])('of %s is the same moment in nanoseconds', (moment, version) => {
    expect(sourceVersionOf(undefined, moment)).toBe(version);
  });

  test('by time is newer than any by number, and fits into 8 bytes', () => {
    const earliest = BigInt(sourceVersionOf(undefined, '2000-01-01T00:00:00+14:00'));
    expect(earliest).toBeGreaterThan(BigInt(Number.MAX_SAFE_INTEGER));
    const latest = BigInt(sourceVersionOf(undefined, '2099-12-31T23:59:59.999999999-12:00'));
    expect(latest).toBeLessThan(2n ** 63n);
  });
});

describe('the newest of what is said', () => {
  const statement: fc.Arbitrary<Statement<string>> = fc.record({
    kind: fc.constantFrom('customer', 'preference:email'),
    id: fc.constantFrom('a', 'b'),
    version: fc.bigInt({ min: 8n, max: 11n }).map(String),
    body: fc.option(fc.constant('said')),
    digest: fc.constantFrom('0a', 'f0'),
  });

  test('is the same whatever the order, and is kept when it is said again', () => {
    fc.assert(
      fc.property(
        fc
          .array(statement, { maxLength: 12 })
          .chain((said) =>
            fc.tuple(
              fc.constant(said),
              fc.shuffledSubarray(said, { minLength: said.length, maxLength: said.length }),
            ),
          ),
        ([said, shuffled]) => {
          const inOrder = (list: Statement<string>[]) =>
            list.map((one) => JSON.stringify(one)).sort();
          const newest = newestOf(said);
          expect(inOrder(newestOf(shuffled))).toEqual(inOrder(newest));
          expect(inOrder(newestOf([...newest, ...shuffled]))).toEqual(inOrder(newest));
          for (const { version, kind, id } of said) {
            const held = newest.find((one) => one.kind === kind && one.id === id);
            expect(BigInt(held?.version ?? -1)).toBeGreaterThanOrEqual(BigInt(version));
          }
        },
      ),
    );
  });

  test('of one version is the end of the thing', () => {
    const said = { kind: 'vehicle', id: 'a', version: '5', digest: 'ff', body: 'there' };
    const gone = { ...said, body: null, digest: '00' };
    expect(newestOf([gone, said])).toEqual([gone]);
  });
});
