import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Batcher } from './batcher.js';

/** Runs that end when told to. */
function heldRuns() {
  const runs: { items: number[]; end: () => void; fail: (error: Error) => void }[] = [];
  const run = (items: number[]) =>
    new Promise<string[]>((resolve, reject) => {
      runs.push({
        items,
        end: () => resolve(items.map((item) => `result ${item}`)),
        fail: reject,
      });
    });
  return { runs, run };
}

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

describe('the batcher', () => {
  test('calls of one turn go together, and each gets its own result', async () => {
    const { runs, run } = heldRuns();
    const batcher = new Batcher(run, 10, 1);
    const results = Promise.all([1, 2, 3].map((item) => batcher.add(item)));
    await nextTurn();
    expect(runs.map(({ items }) => items)).toEqual([[1, 2, 3]]);
    runs[0]?.end();
    expect(await results).toEqual(['result 1', 'result 2', 'result 3']);
  });

  test('what comes while as many runs as allowed are under way waits, and goes together', async () => {
    const { runs, run } = heldRuns();
    const batcher = new Batcher(run, 10, 2);
    const add = async (item: number) => {
      const result = batcher.add(item);
      await nextTurn();
      return { result };
    };
    for (const item of [1, 2, 3, 4]) await add(item);
    expect(runs.map(({ items }) => items)).toEqual([[1], [2]]);
    runs[0]?.end();
    await nextTurn();
    expect(runs.map(({ items }) => items)).toEqual([[1], [2], [3, 4]]);
    for (const held of runs) held.end();
  });

  test('a run takes no more than its maximum, first come first', async () => {
    const { runs, run } = heldRuns();
    const batcher = new Batcher(run, 2, 2);
    const results = Promise.all([1, 2, 3].map((item) => batcher.add(item)));
    await nextTurn();
    expect(runs.map(({ items }) => items)).toEqual([[1, 2], [3]]);
    for (const held of runs) held.end();
    await results;
  });

  test('a run that fails fails its own calls and no others', async () => {
    const { runs, run } = heldRuns();
    const batcher = new Batcher(run, 2, 2);
    const settled = Promise.allSettled([1, 2, 3].map((item) => batcher.add(item)));
    await nextTurn();
    runs[0]?.fail(new Error('lost'));
    runs[1]?.end();
    const results = await settled;
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled']);
    const later = batcher.add(4);
    await nextTurn();
    runs[2]?.end();
    expect(await later).toBe('result 4');
  });

  test('a run that gives back too few results leaves nobody waiting', async () => {
    const batcher = new Batcher<number, string>(async () => ['one'], 10, 1);
    const results = await Promise.allSettled([1, 2].map((item) => batcher.add(item)));
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  });

  test('each call is answered once with its own, whatever the order of calls and ends', async () => {
    const plans = fc.array(fc.record({ wait: fc.nat(3), last: fc.nat(3), fails: fc.boolean() }), {
      maxLength: 40,
    });
    await fc.assert(
      fc.asyncProperty(
        plans,
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 3 }),
        check,
      ),
      { numRuns: 50 },
    );
  });
});

interface Call {
  wait: number;
  last: number;
  fails: boolean;
}

async function check(plan: Call[], size: number, underWay: number): Promise<void> {
  let running = 0;
  const run = async (calls: Call[]) => {
    running += 1;
    expect(running).toBeLessThanOrEqual(underWay);
    expect(calls.length).toBeLessThanOrEqual(size);
    for (let turn = 0; turn < Math.max(...calls.map(({ last }) => last)); turn += 1) {
      await nextTurn();
    }
    running -= 1;
    if (calls.some(({ fails }) => fails)) throw calls;
    return calls;
  };
  const batcher = new Batcher(run, size, underWay);
  const answers = plan.map(async (call) => {
    for (let turn = 0; turn < call.wait; turn += 1) await nextTurn();
    return batcher.add(call).then(
      (answer) => expect(answer).toBe(call),
      (batch) => expect(batch).toContain(call),
    );
  });
  await Promise.all(answers);
}
