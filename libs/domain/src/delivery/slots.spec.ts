import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Slots } from './slots.js';

/** Takes for each of `wanted` in turn, and tells when each was served and with how many. */
function takeAll(slots: Slots, wanted: readonly number[]) {
  const served: { taker: number; taken: number }[] = [];
  const all = Promise.all(
    wanted.map((count, taker) => slots.take(count).then((taken) => served.push({ taker, taken }))),
  );
  return { served, all };
}

/** All that can be served now has been when this resolves. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('slots', () => {
  test('are given at once as far as there are any, and no more than wanted', async () => {
    const slots = new Slots(10);
    expect(await slots.take(4)).toBe(4);
    expect(await slots.take(100)).toBe(6);
  });

  test('are waited for until a quarter of all is free', async () => {
    const slots = new Slots(8);
    await slots.take(8);
    const { served } = takeAll(slots, [5]);
    slots.giveBack(1);
    await settled();
    expect(served).toEqual([]);
    slots.giveBack(1);
    await settled();
    expect(served).toEqual([{ taker: 0, taken: 2 }]);
  });

  test('are waited for only until there are as many as wanted', async () => {
    const slots = new Slots(8);
    await slots.take(8);
    const { served } = takeAll(slots, [1]);
    slots.giveBack(1);
    await settled();
    expect(served).toEqual([{ taker: 0, taken: 1 }]);
  });

  test('serve whoever waits, in turn, and are never more than there are', async () => {
    const anyTakers = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 20 }),
        anyTakers,
        fc.infiniteStream(fc.nat()),
        async (total, wanted, choice) => {
          const slots = new Slots(total);
          const { served, all } = takeAll(slots, wanted);
          const given = new Map<number, number>();
          let out = 0;
          let back = 0;
          while (given.size < wanted.length) {
            await settled();
            for (const { taker, taken } of served.slice(given.size)) given.set(taker, taken);
            out = served.reduce((sum, { taken }) => sum + taken, 0) - back;
            expect(out).toBeLessThanOrEqual(total);
            // One of those that are out comes back, or several together.
            const returned = out === 0 ? 0 : 1 + (choice.next().value % out);
            slots.giveBack(returned);
            back += returned;
          }
          await all;
          expect(served.map(({ taker }) => taker)).toEqual(wanted.map((_, taker) => taker));
          for (const { taker, taken } of served) {
            expect(taken).toBeGreaterThan(0);
            expect(taken).toBeLessThanOrEqual(wanted[taker] ?? 0);
          }
        },
      ),
    );
  });
});

describe('closed slots', () => {
  test('give none away any more, neither to who waits nor to who comes', async () => {
    const slots = new Slots(2);
    expect(await slots.take(2)).toBe(2);
    const waiting = slots.take(5);
    slots.close();
    expect(await waiting).toBe(0);
    slots.giveBack(2);
    expect(await slots.take(1)).toBe(0);
  });
});
