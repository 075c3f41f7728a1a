import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { addCustomer, appointmentFor, type Person } from '../support/people.js';
import { System } from '../support/system.js';

let system: System;
beforeAll(async () => {
  // Long enough for the breaker to open before a message has used up its retries.
  system = await System.start({ DELIVERY_RETRY_BASE_MS: '5000' });
}, 120_000);
afterAll(() => system.stop());
afterEach(() => system.sandbox.clearFaults());

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const until = async (isSo: () => Promise<boolean>) => {
  for (const givesUpAt = performance.now() + 60_000; !(await isSo()); await pause(20)) {
    if (performance.now() > givesUpAt) throw new Error('never so');
  }
};
const addPeople = async (count: number) => {
  const people: Person[] = [];
  while (people.length < count) people.push(await addCustomer(system, { channels: ['whatsapp'] }));
  return people;
};
const acceptAll = (people: readonly Person[]) =>
  Promise.all(people.map((person) => system.accept(appointmentFor(person))));
const stateIs = (state: string) => async () => {
  const sql = `SELECT FROM provider_account WHERE account = 'whatsapp:house' AND state = $1`;
  return (await system.query(sql, [state])).length > 0;
};
const messagesOf = (people: readonly Person[]) =>
  system.query<{ state: string; attempts: number; held_by: string | null }>(
    `SELECT m.state, m.attempts, m.held_by FROM message m JOIN notification n
       ON n.id = m.notification_id WHERE n.recipient_id = ANY($1)`,
    [people.map(({ id }) => id)],
  );

describe('a worker that is killed while a provider has the call', () => {
  test('is made up for when its lease of ten seconds is over, without a hand', async () => {
    const [person] = await addPeople(1);
    if (!person) return;
    await system.sandbox.fault({ channel: 'whatsapp', kind: 'slow', delayMs: 1500, times: 1 });
    const id = await system.accept(appointmentFor(person));
    await until(async () => (await system.sandbox.faults()).length === 0);
    await system.process('worker').end('SIGKILL');
    const [left] = await system.query(
      `SELECT m.state,
      m.lease_until <= clock_timestamp() + interval '10 s' AS "isSoonOver"
      FROM message m JOIN notification n ON n.id = m.notification_id
      WHERE n.event_id = $1 AND m.state <> 'queued'`,
      [id],
    );
    expect(left).toEqual({ state: 'sending', isSoonOver: true });
    await system.startWorker();
    await system.waitForState(id, 'sent');
    expect(await system.sandbox.arrived(person.phone)).toHaveLength(1);
  }, 60_000);
});

describe('a provider that is down', () => {
  test('is left alone by all workers; what waits leaves once when it is back', async () => {
    await system.sandbox.fault({ channel: 'whatsapp', kind: 'unavailable' });
    const early = await addPeople(15);
    await acceptAll(early);
    await until(stateIs('open'));
    // The one that found out knows, and so does the one that starts now.
    await system.startWorker();
    const late = await addPeople(10);
    await acceptAll(late);
    await until(async () => (await messagesOf(late)).every(({ held_by }) => held_by !== null));
    for (const { state, attempts } of await messagesOf(late)) {
      expect(state).toBe('queued');
      expect(attempts).toBe(0);
    }

    await system.sandbox.clearFaults();
    // Instead of sleeping through half a minute.
    await system.query(`UPDATE provider_account SET probe_at = clock_timestamp(),
      memory = jsonb_set(memory, '{breaker,probeAtMs}', '0')`);
    await until(stateIs('closed'));
    expect(await system.waitForAll()).toEqual({ sent: 26 });
    for (const { phone } of [...early, ...late]) {
      expect(await system.sandbox.arrived(phone)).toHaveLength(1);
    }
    const told = system
      .logs()
      .split('\n')
      .filter((line) => line.includes('account fails'));
    expect(told).toHaveLength(1);
  }, 120_000);
});
