import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { Redis } from 'ioredis';
import { startTestRedis } from '#infrastructure/testing/test-redis.js';
import { BreakableRoad } from '../api/breakable-road.js';
import { addCustomer, appointmentFor, type Person } from '../support/people.js';
import type { Spawned } from '../support/spawned.js';
import { System } from '../support/system.js';

// How processes begin and end: told to go while something is away, and moved from one queue to
// the other.

const redis = await startTestRedis();
/** What Kubernetes gives a pod; 21.5 s of them are for the drain, the rest is a slow machine's. */
const graceSeconds = 30;
const onPostgres = { REDIS_URL: '' };
const onRedis = { REDIS_URL: redis?.url ?? '' };

let system: System;
beforeAll(async () => {
  system = await System.start(onPostgres);
}, 120_000);
afterAll(async () => {
  await system.stop();
  await redis?.close();
});
afterEach(() => system.sandbox.clearFaults());

const names = ['api', 'worker', 'scheduler'] as const;
type Name = (typeof names)[number];
const start = (settings: Record<string, string>): Promise<Spawned[]> =>
  Promise.all([
    system.startApi(settings),
    system.startWorker(settings),
    system.startScheduler(settings),
  ]);
/** Tells them to go, one after the other; gives back what each ended with. */
const end = async (ended: readonly Name[] = names) => {
  const codes: (number | null)[] = [];
  for (const name of ended) codes.push(await system.process(name).end());
  return codes;
};
const timed = async <T>(work: () => Promise<T>): Promise<[T, number]> => {
  const startedMs = performance.now();
  return [await work(), (performance.now() - startedMs) / 1000];
};
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
    if (!redis) return;
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
      expect(await end()).toEqual([0, 0, 0]);
      await start(next);
    }
    await dispatching;
    expect(await system.waitForAll()).toEqual({ sent: people.length });
    expect(await arrivals(people)).toEqual(once(people));
  }, 180_000);

  test('in Redis is emptied under load, and the sweep fills it again within a minute', async () => {
    if (!redis) return;
    await end();
    await start(onRedis);
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

describe('told to go', () => {
  test('while Redis is away, every process ends in order', async () => {
    if (!redis) return;
    await end();
    await start(onRedis);
    await redis.kill();
    try {
      const [codes, seconds] = await timed(() => end());
      expect(codes).toEqual([0, 0, 0]);
      expect(seconds).toBeLessThan(graceSeconds);
    } finally {
      await redis.restart();
    }
    await start(onPostgres);
  }, 120_000);

  test('while the way to the database has gone silent, every process ends before Kubernetes would kill it', async () => {
    await end();
    const target = new URL(system.databaseUrl);
    const road = new BreakableRoad(target.hostname, Number(target.port));
    target.port = String(await road.open());
    target.hostname = '127.0.0.1';
    await start({ ...onPostgres, DATABASE_URL: target.href });
    road.freeze();
    const ends = await Promise.all(names.map((name) => timed(() => system.process(name).end())));
    expect(ends.map(([code]) => code)).toEqual([0, 0, 0]);
    expect(Math.max(...ends.map(([, seconds]) => seconds))).toBeLessThan(graceSeconds);
    await road.close();
    await start(onPostgres);
  }, 120_000);

  test('while a provider takes its time, the worker ends before Kubernetes would kill it, and the lease finds the rest', async () => {
    await end(['worker']);
    await system.startWorker({ ...onPostgres, EVOLUTION_TIMEOUT: '100' });
    const [person] = await addPeople(1);
    if (!person) return;
    await system.sandbox.fault({ channel: 'whatsapp', kind: 'slow', delayMs: 60_000 });
    const id = await system.accept(appointmentFor(person));
    const isSending = async () =>
      (await system.query(`SELECT FROM message WHERE state = 'sending'`)).length > 0;
    while (!(await isSending())) await pause(20);
    const [code, seconds] = await timed(() => system.process('worker').end());
    expect(code).toBe(0);
    expect(seconds).toBeLessThan(graceSeconds);
    expect(await isSending()).toBe(true);

    await system.sandbox.clearFaults();
    await system.endLeases();
    await system.startWorker(onPostgres);
    await system.waitForEvent(id, ({ notifications }) =>
      (notifications[0]?.timeline ?? []).some((entry) => entry.code === 'worker_lost'),
    );
    await system.skipWaits();
    await system.waitForState(id, 'sent');
  }, 120_000);
});
