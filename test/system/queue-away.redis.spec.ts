import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startTestRedis } from '#infrastructure/testing/test-redis.js';
import { addCustomer, appointmentFor, type Person } from '../support/people.js';
import { System } from '../support/system.js';

// The queue only wakes: what is due goes out without it, too.

const redis = await startTestRedis();

let system: System;
beforeAll(async () => {
  system = await System.start({ REDIS_URL: redis.url });
}, 120_000);
afterAll(async () => {
  await system.stop();
  await redis.close();
});

const arrivals = (people: readonly Person[]) =>
  Promise.all(people.map(async ({ phone }) => (await system.sandbox.arrived(phone)).length));
const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();

/** One whose first try fails, one for a later time, and one for now: all have arrived after it. */
async function sendAll(): Promise<Person[]> {
  const [retried, later, now] = [
    await addCustomer(system, { channels: ['whatsapp'] }),
    await addCustomer(system, { channels: ['whatsapp'] }),
    await addCustomer(system, { channels: ['whatsapp'] }),
  ];
  await system.sandbox.fault({
    channel: 'whatsapp',
    to: retried.phone,
    kind: 'unavailable',
    times: 1,
  });
  await system.accept(appointmentFor(retried));
  await system.accept(appointmentFor(later, { scheduled_for: inSeconds(2) }));
  await system.accept(appointmentFor(now));
  await system.waitForAll();
  return [retried, later, now];
}

describe('retries, what was planned for later and what is new leave', () => {
  test('while Redis is gone, each once, and after it is back', async () => {
    await redis.kill();
    const without = await sendAll();
    expect(await arrivals(without)).toEqual([1, 1, 1]);
    await redis.restart();
    const after = await sendAll();
    expect(await arrivals([...without, ...after])).toEqual([1, 1, 1, 1, 1, 1]);
  }, 120_000);

  test('while Redis stands still and answers nothing, each once, and after it goes on', async () => {
    redis.freeze();
    const without = await sendAll();
    expect(await arrivals(without)).toEqual([1, 1, 1]);
    redis.thaw();
    const after = await sendAll();
    expect(await arrivals([...without, ...after])).toEqual([1, 1, 1, 1, 1, 1]);
  }, 120_000);
});
