import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { addCustomer, appointmentFor } from '../support/people.js';
import { only, storyOf } from '../support/read-event.js';
import { System } from '../support/system.js';

jest.setTimeout(120_000);

let system: System;
beforeAll(async () => {
  system = await System.start();
  await system.query(`UPDATE matrix_cell SET advance_after_minutes = 30,
    advance_until = 'delivered' WHERE channel = 'whatsapp'`);
});
afterAll(() => system.stop());

/** As if the time of all that was sent by WhatsApp were over. */
const passHalfAnHour = () =>
  system.query(`UPDATE message SET advance_at = advance_at - interval '30 minutes'
    WHERE advance_at IS NOT NULL`);

describe('a WhatsApp message that is to be delivered in half an hour', () => {
  test('and is not is followed by the e-mail, and stays sent', async () => {
    const person = await addCustomer(system);
    const id = await system.accept(appointmentFor(person));
    await system.waitForState(id, 'sent');
    expect(await system.sandbox.arrived(person.email)).toEqual([]);
    await passHalfAnHour();
    await system.sandbox.waitFor(person.email);
    const event = await system.waitForEvent(id, (now) =>
      only(now).messages.every(({ state }) => state === 'sent'),
    );
    expect(only(event).state).toBe('sent');
    expect(storyOf(event)).toEqual([
      'attempt_started whatsapp 1',
      'attempt_ended whatsapp 1 accepted',
      'next_rung whatsapp not_delivered_in_time',
      'attempt_started email 1',
      'attempt_ended email 1 accepted',
    ]);
  });

  test('and is, is followed by nothing', async () => {
    await system.hearReceipts();
    const person = await addCustomer(system);
    const id = await system.accept(appointmentFor(person));
    const [message] = await system.sandbox.waitFor(person.phone);
    await system.sandbox.tellReceipt(message?.id ?? 0, 'DELIVERY_ACK');
    const event = await system.waitForState(id, 'delivered');
    const [row] = await system.query(
      `SELECT advance_at FROM message WHERE notification_id = '${only(event).id}'`,
    );
    expect(row).toEqual({ advance_at: null });
  });
});

describe('a reminder in quiet hours', () => {
  test('waits without an attempt, and leaves when they are over', async () => {
    await system.query(`INSERT INTO taller (id, slug, name, time_zone, country, holidays)
      VALUES (gen_random_uuid(), 'en-fiestas', 'Taller en Fiestas', 'UTC', 'XX',
        ARRAY[now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC' + interval '1 day']::date[]::text[])`);
    const person = await addCustomer(system);
    const valid_until = new Date(Date.now() + 5 * 86_400_000).toISOString();
    const id = await system.accept(
      appointmentFor(person, {
        event_type: 'maintenance_reminder',
        taller_id: 'en-fiestas',
        valid_until,
      }),
    );
    const waiting = await system.waitForEvent(id, (event) => storyOf(event).length > 0);
    expect(storyOf(waiting)).toEqual(['held whatsapp quiet_hours quiet_hours']);
    await system.skipWaits();
    await system.sandbox.waitFor(person.phone);
    const event = await system.waitForState(id, 'sent');
    expect(storyOf(event).slice(1)).toEqual([
      'attempt_started whatsapp 1',
      'attempt_ended whatsapp 1 accepted',
    ]);
  });
});
