import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { channels } from '#domain/catalog/channels.js';
import { overdueChannels } from '#infrastructure/persistence/overdue-channels.js';
import {
  accept,
  aProcess,
  openSeededDatabase,
  type SeededDatabase,
  type TestProcess,
} from '#infrastructure/testing/seeded-database.js';
import { Progress, type Signs } from './progress.js';

const minutes = (count: number) => count * 60_000;
const lookedAt = async (signs: Partial<Signs>) => {
  const progress = new Progress({
    queueAnswers: async () => undefined,
    overdueChannels: async () => [],
    silentForMs: () => minutes(60),
    ...signs,
  });
  await progress.look().catch(() => undefined);
  return progress.isMade();
};

describe('a worker makes progress', () => {
  test('when nothing is overdue, however long it had nothing to do', async () => {
    expect(await lookedAt({})).toBe(true);
  });

  test('when wake-ups of the overdue channel end, however much waits', async () => {
    const overdue = { overdueChannels: async () => channels };
    expect(await lookedAt({ ...overdue, silentForMs: () => minutes(4) })).toBe(true);
  });

  test('not, when one channel is overdue and silent, be the others as busy as they may', async () => {
    const silentForMs: Signs['silentForMs'] = (channel) => (channel === 'push' ? minutes(6) : 0);
    expect(await lookedAt({ overdueChannels: async () => channels, silentForMs })).toBe(false);
  });

  test('as far as can be told while the queue or the database is away', async () => {
    const away = () => Promise.reject(new Error('away'));
    expect(await lookedAt({ overdueChannels: async () => channels, queueAnswers: away })).toBe(
      true,
    );
    expect(await lookedAt({ overdueChannels: away })).toBe(true);
  });
});

describe('a channel is overdue', () => {
  let database: SeededDatabase;
  let process: TestProcess;
  beforeAll(async () => {
    database = await openSeededDatabase();
    process = aProcess(database.dataSource);
  });
  afterAll(() => database.close());

  const overdue = () => overdueChannels(database.dataSource, minutes(5));
  const change = (sql: string) => database.dataSource.query(`UPDATE message SET ${sql}`);

  test('when a message has been due for longer, and nothing holds it back', async () => {
    await accept(process);
    expect(await overdue()).toEqual([]);
    await change(`due_at = now() - interval '6 minutes'`);
    expect(await overdue()).toEqual(['whatsapp']);
  });

  test.each([
    [`held_by = 'whatsapp:house'`, 'held_by = NULL'],
    ['losses = 2', 'losses = 0'],
    [`valid_until = now() - interval '1 minute'`, 'valid_until = NULL'],
    [`state = 'sending'`, `state = 'queued'`],
  ])('not with %s', async (held, free) => {
    await change(held);
    expect(await overdue()).toEqual([]);
    await change(free);
    expect(await overdue()).toEqual(['whatsapp']);
  });
});
