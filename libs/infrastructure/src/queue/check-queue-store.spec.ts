import { createServer, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readConfiguration } from '../config/configuration.js';
import { isOutage } from '../persistence/transient-errors.js';
import { DeafRoad } from '../testing/deaf-road.js';
import { freePort } from '../testing/free-port.js';
import { createTestDatabase } from '../testing/test-database.js';
import { checkListening } from './check-listening.js';
import { checkQueueStore } from './check-queue-store.js';

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let other: Awaited<ReturnType<typeof createTestDatabase>>;
let road: DeafRoad;
beforeAll(async () => {
  [database, other] = await Promise.all([createTestDatabase(), createTestDatabase()]);
  road = await DeafRoad.to(database.url);
});
afterAll(async () => {
  await road.close();
  await Promise.all([database.drop(), other.drop()]);
});

/** What the check says of an environment: its notices, or why it refuses. */
async function checked(environment: Record<string, string>): Promise<string[]> {
  const notices: string[] = [];
  await checkQueueStore(readConfiguration(environment), (notice) => notices.push(notice));
  return notices;
}

describe('the queue in Postgres', () => {
  test('is fit where a notification is heard, and the check says how soon', async () => {
    expect(await checked({ DATABASE_URL: database.url })).toEqual([]);
    expect(await checkListening(database.url)).toBeLessThan(2000);
  });

  test('is refused where none comes through, in a sentence with the way out', async () => {
    const refusal = checked({ DATABASE_URL: road.url });
    await expect(refusal).rejects.toThrow(/LISTEN.*QUEUE_DATABASE_URL.*5432 in place of 6543/);
  });

  test('is fit behind such a pooler with a direct way beside it', async () => {
    const both = { DATABASE_URL: road.url, QUEUE_DATABASE_URL: database.url };
    expect(await checked(both)).toEqual([]);
  });

  test('is refused where the direct way leads to another database', async () => {
    const both = { DATABASE_URL: database.url, QUEUE_DATABASE_URL: other.url };
    await expect(checked(both)).rejects.toThrow('not lead to the database of DATABASE_URL');
  });

  test('out of reach is an outage, and no fault of the way', async () => {
    const nowhere = `postgresql://nobody@127.0.0.1:${await freePort()}/none`;
    const error = await checked({ DATABASE_URL: nowhere }).catch((reason: unknown) => reason);
    expect(isOutage(error)).toBe(true);
  });
});

describe('the queue in Redis', () => {
  test('needs no notification, which is how it works behind a pooler alone', async () => {
    const REDIS_URL = `redis://127.0.0.1:${await freePort()}`;
    const notices = await checked({ DATABASE_URL: road.url, REDIS_URL });
    expect(notices.join()).toContain('does not answer');
  });

  test('that takes connections and says nothing keeps nobody from starting', async () => {
    const silent: Server = createServer((socket) => socket.on('error', () => undefined));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const address = silent.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const REDIS_URL = `redis://127.0.0.1:${port}`;
    const notices = await checked({ DATABASE_URL: database.url, REDIS_URL });
    expect(notices.join()).toContain('does not answer');
    silent.close();
  });
});
