import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { BreakableRoad } from '../api/breakable-road.js';
import { addCustomer, appointmentFor } from '../support/people.js';
import { endAll, graceSeconds, names, onPostgres, startAll, timed } from '../support/restarts.js';
import { System } from '../support/system.js';

// How processes end when they are told to go while something is away.

let system: System;
beforeAll(async () => {
  system = await System.start(onPostgres);
}, 120_000);
afterAll(() => system.stop());
afterEach(() => system.sandbox.clearFaults());

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('told to go', () => {
  test('while the way to the database has gone silent, every process ends before Kubernetes would kill it', async () => {
    await endAll(system);
    const target = new URL(system.databaseUrl);
    const road = new BreakableRoad(target.hostname, Number(target.port));
    target.port = String(await road.open());
    target.hostname = '127.0.0.1';
    await startAll(system, { ...onPostgres, DATABASE_URL: target.href });
    road.freeze();
    const ends = await Promise.all(names.map((name) => timed(() => system.process(name).end())));
    expect(ends.map(([code]) => code)).toEqual([0, 0, 0]);
    expect(Math.max(...ends.map(([, seconds]) => seconds))).toBeLessThan(graceSeconds);
    await road.close();
    await startAll(system, onPostgres);
  }, 120_000);

  test('while a provider takes its time, the worker ends before Kubernetes would kill it, and the lease finds the rest', async () => {
    await endAll(system, ['worker']);
    await system.startWorker({ ...onPostgres, EVOLUTION_TIMEOUT: '100' });
    const [other, person] = [
      await addCustomer(system, { channels: ['whatsapp'] }),
      await addCustomer(system, { channels: ['whatsapp'] }),
    ];
    // A WhatsApp server without a single message is taken for one that keeps none.
    await system.waitForState(await system.accept(appointmentFor(other)), 'sent');
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
