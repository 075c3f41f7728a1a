import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { aClaim, openSeededDatabase, type SeededDatabase } from '../testing/seeded-database.js';
import type { Change } from './change.js';
import { Changes, IdempotencyKeyInUse, IdempotencyKeyReused } from './changes.js';

let database: SeededDatabase;
let one: Changes;
let other: Changes;

beforeAll(async () => {
  database = await openSeededDatabase();
  one = new Changes(database.dataSource);
  other = new Changes(await database.open());
});
afterAll(() => database.close());
beforeEach(() => database.dataSource.query('TRUNCATE idempotency_key'));

const author = { id: 'test', name: 'test', requestId: null };
const run = (by: Changes, key: string, work: (change: Change) => Promise<string>, body?: string) =>
  by.runOnce(author, aClaim(key, body), work);

/** Work that stands still until it is told how to end. */
function heldWork() {
  let end: (fails: boolean) => void = () => undefined;
  const told = new Promise<boolean>((resolve) => {
    end = resolve;
  });
  let begin: () => void = () => undefined;
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const work = async () => {
    begin();
    if (await told) throw new Error('it failed');
    return 'the first answer';
  };
  return { work, begun, end };
}

describe('a change under an idempotency key', () => {
  test('is in use for another process until it is committed, then gives the first answer', async () => {
    const { work, begun, end } = heldWork();
    const first = run(one, 'k', work);
    await begun;
    await expect(run(other, 'k', work)).rejects.toThrow(IdempotencyKeyInUse);
    expect(await run(other, 'another', async () => 'its own')).toMatchObject({ replayed: false });
    end(false);
    expect(await first).toEqual({ answer: 'the first answer', replayed: false });
    expect(await run(other, 'k', work)).toEqual({ answer: 'the first answer', replayed: true });
    await expect(run(other, 'k', work, 'another body')).rejects.toThrow(IdempotencyKeyReused);
  });

  test('that failed leaves its key to the next who asks', async () => {
    const { work, begun, end } = heldWork();
    const first = run(one, 'k', work);
    await begun;
    await expect(run(other, 'k', work)).rejects.toThrow(IdempotencyKeyInUse);
    end(true);
    await expect(first).rejects.toThrow('it failed');
    expect(await run(other, 'k', async () => 'the second')).toEqual({
      answer: 'the second',
      replayed: false,
    });
  });
});
