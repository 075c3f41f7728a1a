import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { ProblemView } from '#contracts/http/problem.dto.js';
import { addCustomer, appointmentFor, type Person } from '../support/people.js';
import { System } from '../support/system.js';

let system: System;
beforeAll(async () => {
  system = await System.start();
}, 120_000);
afterAll(() => system.stop());
afterEach(async () => {
  await system.sandbox.clearFaults();
  await system.waitForAll();
}, 120_000);

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
/** A person for each of so many dispatches, so that an arrival names its event. */
const addPeople = async (count: number, channels: ('whatsapp' | 'email')[] = ['whatsapp']) => {
  const people: Person[] = [];
  for (let index = 0; index < count; index += 1) {
    people.push(await addCustomer(system, { channels }));
  }
  return people;
};
const acceptAll = (people: readonly Person[]) =>
  Promise.all(people.map((person) => system.accept(appointmentFor(person))));
/** How many messages each person got. */
const arrivals = async (people: readonly Person[]) =>
  Promise.all(
    people.map(async ({ phone, email }) => {
      const both = [await system.sandbox.arrived(phone), await system.sandbox.arrived(email)];
      return both.flat().length;
    }),
  );
const once = (people: readonly Person[]) => people.map(() => 1);
const until = async (isSo: () => Promise<boolean>) => {
  for (const givesUpAt = performance.now() + 60_000; !(await isSo()); await pause(20)) {
    if (performance.now() > givesUpAt) throw new Error('never so');
  }
};
const refused = ({ status }: Response) => status === 503;
const isSending = async () =>
  (await system.query(`SELECT FROM message WHERE state = 'sending'`)).length > 0;

describe('a worker that is killed while a provider has the call', () => {
  test('ends the message once by WhatsApp, which is asked before anything is sent again', async () => {
    const [person] = await addPeople(1);
    if (!person) return;
    await system.sandbox.fault({
      channel: 'whatsapp',
      to: person.phone,
      kind: 'slow',
      delayMs: 1500,
      times: 1,
    });
    const id = await system.accept(appointmentFor(person));
    await until(async () => (await system.sandbox.faults()).length === 0);
    await system.process('worker').end('SIGKILL');
    // The provider takes it, and nobody is there to hear so.
    await system.sandbox.waitFor(person.phone);
    await system.endLeases();
    await system.startWorker();
    await system.waitForEvent(id, ({ notifications }) =>
      (notifications[0]?.timeline ?? []).some(({ code }) => code === 'worker_lost'),
    );
    await system.skipWaits();
    const event = await system.waitForState(id, 'sent');
    expect(event.notifications[0]?.timeline.at(-1)?.detail).toBe('found at the provider');
    expect(await arrivals([person])).toEqual([1]);
  }, 60_000);

  test('repeats an e-mail once at most, under the same Message-ID, and says why', async () => {
    const people = await addPeople(25, ['email']);
    await system.sandbox.fault({ channel: 'email', kind: 'slow', delayMs: 100 });
    await acceptAll(people);
    await system.sandbox.waitFor('zoraida', 8, 'email');
    await system.process('worker').end('SIGKILL');
    await system.sandbox.clearFaults();
    await system.endLeases();
    await system.startWorker();
    expect(await system.waitForAll()).not.toHaveProperty('failed');
    for (const { id, email } of people) {
      const mails = await system.sandbox.arrived(email);
      expect([1, 2]).toContain(mails.length);
      expect(new Set(mails.map(({ messageId }) => messageId)).size).toBe(1);
      const lost = await system.query(
        `SELECT FROM timeline t JOIN notification n ON n.id = t.notification_id
         WHERE n.recipient_id = $1 AND t.data->>'code' = 'worker_lost'`,
        [id],
      );
      expect(lost.length).toBeGreaterThanOrEqual(mails.length - 1);
    }
  }, 60_000);
});

describe('nothing that was accepted is lost', () => {
  test('when the queue loses all that it holds', async () => {
    const people = await addPeople(30, ['whatsapp', 'email']);
    await system.process('worker').end();
    await acceptAll(people);
    await system.emptyQueue();
    await system.startWorker();
    expect(await system.waitForAll()).not.toHaveProperty('failed');
    expect(await arrivals(people)).toEqual(once(people));
  }, 90_000);

  test('when every connection to the database is cut under load', async () => {
    const people = await addPeople(60);
    const accepted: Person[] = [];
    let cuts = 0;
    const cutting = (async () => {
      while (accepted.length < people.length) {
        await pause(150);
        await system.cutConnections();
        cuts += 1;
        if (cuts >= 3) return;
      }
    })();
    for (const person of people) {
      await until(async () => {
        const key = { 'idempotency-key': `cut-${person.id}` };
        const { status } = await system.dispatch(appointmentFor(person), key);
        expect([202, 503]).toContain(status);
        return status === 202;
      });
      accepted.push(person);
      await pause(5);
    }
    await cutting;
    expect(cuts).toBeGreaterThan(0);
    const counts = await system.waitForAll();
    expect(counts).not.toHaveProperty('failed');
    const count = await arrivals(people);
    expect(Math.min(...count)).toBe(1);
    // A repeat only where the timeline says that an answer was lost.
    const unknown = await system.query(
      `SELECT DISTINCT notification_id FROM timeline WHERE data->>'outcome' = 'unknown'`,
    );
    expect(count.filter((times) => times > 1).length).toBeLessThanOrEqual(unknown.length);
  }, 120_000);

  test('when the worker is told to go in the middle of its work', async () => {
    const people = await addPeople(60, ['whatsapp', 'email']);
    await system.sandbox.fault({ channel: 'whatsapp', kind: 'slow', delayMs: 300 });
    await acceptAll(people);
    await until(isSending);
    expect(await system.process('worker').end()).toBe(0);
    // It records what it has under way before it goes.
    expect(await isSending()).toBe(false);
    await system.sandbox.clearFaults();
    await system.startWorker();
    await system.waitForAll();
    expect(await arrivals(people)).toEqual(once(people));
  }, 90_000);

  test('when the API is told to go in the middle of its answers', async () => {
    const people = await addPeople(40);
    const held = await system.holdEvents();
    const answers = people.map((person) => system.dispatch(appointmentFor(person)));
    await held.someoneWaits();
    const startedMs = performance.now();
    const ended = system.process('api').end();
    await until(() => fetch(system.apiUrl).then(refused, () => true));
    await held.commit();
    for (const { status, headers } of await Promise.all(answers)) {
      expect(status).toBe(202);
      expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    }
    expect(await ended).toBe(0);
    // Callers keep their connections open for the next request, which it does not wait for.
    expect(performance.now() - startedMs).toBeLessThan(15_000);
    await system.startApi();
    await system.waitForAll();
    expect(await arrivals(people)).toEqual(once(people));
  }, 90_000);
});

describe('two workers', () => {
  test('share the work, and nothing arrives twice', async () => {
    const second = await system.startWorker();
    const people = await addPeople(80, ['whatsapp', 'email']);
    await acceptAll(people);
    await system.waitForAll();
    expect(await arrivals(people)).toEqual(once(people));
    expect(await second.end()).toBe(0);
    system.processes.splice(system.processes.indexOf(second), 1);
  }, 90_000);
});

describe('while the database is away', () => {
  test('the API says so as a problem, and serves again once it is back', async () => {
    const [person] = await addPeople(1);
    if (!person) return;
    await system.closeDatabase();
    try {
      const { status, headers, body } = await system.dispatch<ProblemView>(appointmentFor(person));
      expect(status).toBe(503);
      expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
      expect(headers.get('retry-after')).toBe('5');
      expect(body).toMatchObject({ code: 'unavailable', status: 503 });
      expect(JSON.stringify(body)).not.toMatch(/database|postgres|ambacar_test/i);
    } finally {
      await system.openDatabase();
    }
    await until(async () => (await system.dispatch(appointmentFor(person))).status === 202);
    await system.waitForAll();
    expect((await arrivals([person]))[0]).toBeGreaterThan(0);
  }, 90_000);
});

describe('the logs', () => {
  test('tell of the troubles, and name nobody', async () => {
    const logs = system.logs();
    const secrets = await system.secrets();
    expect(secrets.length).toBeGreaterThan(200);
    expect(secrets.filter((secret) => logs.includes(secret))).toEqual([]);
  });
});
