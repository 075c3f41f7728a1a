import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { addCustomer, appointmentFor, type Person } from '../support/people.js';
import { System } from '../support/system.js';

let system: System;
beforeAll(async () => {
  // The queue that stands still here is the one in Postgres.
  system = await System.start({ REDIS_URL: '' });
  await until(async () => (await listeners()).length === 1);
}, 120_000);
afterAll(() => system.stop());

const listeners = () =>
  system.query<{ pid: number }>(
    `SELECT pid FROM pg_stat_activity WHERE datname = current_database()
       AND application_name = 'ambacar-doorbell' AND query LIKE 'LISTEN%' AND state = 'idle'`,
  );
const cutListeners = async () => {
  for (const { pid } of await listeners()) {
    await system.query('SELECT pg_terminate_backend($1)', [pid]);
  }
};
const queueIsEmpty = async () => (await system.query('SELECT FROM bullmq.job')).length === 0;
const arrivals = async (people: Person[]) =>
  Promise.all(people.map(async ({ phone }) => (await system.sandbox.arrived(phone)).length));

describe('the doorbell', () => {
  test('brings a message while the queue stands still, which sends nothing again afterwards', async () => {
    const person = await addCustomer(system);
    const queue = await system.holdQueue();
    const id = await system.accept(appointmentFor(person));
    await system.sandbox.waitFor(person.phone);
    await system.waitForState(id, 'sent');
    await queue.someoneWaits();
    await queue.commit();
    await until(queueIsEmpty);
    expect(await arrivals([person])).toEqual([1]);
  });

  test('brings messages again after its connection was cut', async () => {
    const person = await addCustomer(system);
    const before = await listeners();
    await cutListeners();
    await until(async () => {
      const now = await listeners();
      return now.length === 1 && now[0]?.pid !== before[0]?.pid;
    });
    const queue = await system.holdQueue();
    await system.accept(appointmentFor(person));
    await system.sandbox.waitFor(person.phone);
    await queue.commit();
  });

  test('is not missed: what it did not bring the queue brings', async () => {
    const people: Person[] = [];
    for (let index = 0; index < 5; index += 1) {
      const person = await addCustomer(system);
      people.push(person);
      await cutListeners();
      await system.accept(appointmentFor(person));
      await system.sandbox.waitFor(person.phone);
    }
    await system.waitForAll();
    expect(await arrivals(people)).toEqual(people.map(() => 1));
  });

  test('that two workers hear beside the queue has each message sent once', async () => {
    await system.startWorker();
    await until(async () => (await listeners()).length === 2);
    const people: Person[] = [];
    for (let index = 0; index < 40; index += 1) people.push(await addCustomer(system));
    for (const person of people) await system.accept(appointmentFor(person));
    expect(await system.waitForAll()).not.toHaveProperty('failed');
    await until(queueIsEmpty);
    expect(await arrivals(people)).toEqual(people.map(() => 1));
  }, 60_000);
});

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 20));
}
