import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { Redis } from 'ioredis';
import { startTestRedis } from '#infrastructure/testing/test-redis.js';
import { addCustomer, appointmentFor, type Person } from '../support/people.js';
import { endAll, graceSeconds, onPostgres, startAll, timed } from '../support/restarts.js';
import { System } from '../support/system.js';

// How processes are moved from one queue to the other, and end while theirs is away.

const redis = await startTestRedis();
const onRedis = { REDIS_URL: redis.url };

let system: System;
beforeAll(async () => {
  system = await System.start(onPostgres);
}, 120_000);
afterAll(async () => {
  await system.stop();
  await redis.close();
});
afterEach(() => system.sandbox.clearFaults());

const addPeople = async (count: number) => {
  const people: Person[] = [];
  while (people.length < count) people.push(await addCustomer(system, { channels: ['whatsapp'] }));
  return people;
};
const arrivals = (people: readonly Person[]) =>
  Promise.all(people.map(async ({ phone }) => (await system.sandbox.arrived(phone)).length));
const once = (people: readonly Person[]) => people.map(() => 1);
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Dispatches for one after the other as a careful client does: again, until it is accepted. */
async function dispatchToAll(people: readonly Person[], onAccepted: (count: number) => void) {
  for (const [index, person] of people.entries()) {
    const key = { 'idempotency-key': `move-${person.id}` };
    for (;;) {
      const status = await system.dispatch(appointmentFor(person), key).then(
        (answer) => answer.status,
        () => 0,
      );
      if (status === 202) break;
      expect([0, 503]).toContain(status);
      await pause(50);
    }
    onAccepted(index + 1);
  }
}

describe('the queue', () => {
  test('is moved from Postgres to Redis and back under load, and loses nothing', async () => {
    const people = await addPeople(60);
    let accepted = 0;
    const reached = async (count: number) => {
      while (accepted < count) await pause(20);
    };
    const dispatching = dispatchToAll(people, (count) => {
      accepted = count;
    });
    for (const [count, next] of [
      [15, onRedis],
      [30, onPostgres],
    ] as const) {
      await reached(count);
      expect(await endAll(system)).toEqual([0, 0, 0]);
      await startAll(system, next);
    }
    await dispatching;
    expect(await system.waitForAll()).toEqual({ sent: people.length });
    expect(await arrivals(people)).toEqual(once(people));
  }, 180_000);

  test('in Redis is emptied under load, and the sweep fills it again within a minute', async () => {
    await endAll(system);
    await startAll(system, onRedis);
    const people = await addPeople(40);
    await system.sandbox.fault({ channel: 'whatsapp', kind: 'slow', delayMs: 200 });
    const client = new Redis(redis.url);
    await dispatchToAll(people, (count) => {
      if (count % 10 === 0) client.flushall().catch(() => undefined);
    });
    await client.flushall();
    client.disconnect();
    const [counts, seconds] = await timed(() => system.waitForAll());
    expect(counts).toEqual({ sent: expect.any(Number) });
    expect(seconds).toBeLessThan(60);
    expect(await arrivals(people)).toEqual(once(people));
  }, 120_000);
});

test('told to go while Redis is away, every process ends in order', async () => {
  await endAll(system);
  await startAll(system, onRedis);
  await redis.kill();
  try {
    const [codes, seconds] = await timed(() => endAll(system));
    expect(codes).toEqual([0, 0, 0]);
    expect(seconds).toBeLessThan(3 * graceSeconds);
  } finally {
    await redis.restart();
  }
}, 120_000);
