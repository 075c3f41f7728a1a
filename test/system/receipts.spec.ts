import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { EventDetail } from '#contracts/http/events.dto.js';
import { mailReport } from '#infrastructure/testing/mail-report.js';
import { addCustomer, appointmentFor } from '../support/people.js';
import { only, storyOf } from '../support/read-event.js';
import { System } from '../support/system.js';

jest.setTimeout(120_000);

let system: System;

beforeAll(async () => {
  system = await System.start();
});
afterAll(() => system.stop());

const receiptsOf = (event: EventDetail) =>
  only(event).timeline.filter(({ kind }) => kind === 'receipt');

/** What arrived at a phone, as the sandbox numbers it. */
async function arrivedAt(phone: string): Promise<number> {
  const [message] = await system.sandbox.waitFor(phone);
  return message?.id ?? 0;
}

describe('a WhatsApp message', () => {
  test('that was sent is seen to arrive and to be read', async () => {
    await system.hearReceipts();
    const person = await addCustomer(system);
    const id = await system.accept(appointmentFor(person));
    await system.waitForState(id, 'sent');
    const message = await arrivedAt(person.phone);
    await system.sandbox.tellReceipt(message, 'DELIVERY_ACK');
    const delivered = await system.waitForState(id, 'delivered');
    expect(only(delivered).messages[0]).toMatchObject({
      state: 'delivered',
      delivered_at: expect.any(String),
    });
    await system.sandbox.tellReceipt(message, 'READ', 20);
    const read = await system.waitForState(id, 'read');
    expect(only(read).messages[0]).toMatchObject({ state: 'read', read_at: expect.any(String) });
    expect(receiptsOf(read).map(({ outcome }) => outcome)).toEqual(['delivered', 'read']);
  });

  test.each([
    [
      'reversed, twice each and before our own record',
      ['READ', 'DELIVERY_ACK', 'SERVER_ACK'],
      0,
      2,
    ],
    ['in order, a moment later', ['SERVER_ACK', 'DELIVERY_ACK', 'READ', 'PLAYED'], 20, 1],
  ])('whose receipts come %s ends as read', async (_, statuses, delayMs, repeat) => {
    await system.hearReceipts(statuses, delayMs, repeat);
    const person = await addCustomer(system);
    const id = await system.accept(appointmentFor(person));
    const event = await system.waitForEvent(id, (now) => receiptsOf(now).length === 2);
    expect(only(event).state).toBe('read');
  });

  test('that WhatsApp loses after all is followed by the next channel', async () => {
    await system.hearReceipts(['ERROR']);
    const person = await addCustomer(system);
    const id = await system.accept(appointmentFor(person));
    await system.sandbox.waitFor(person.email);
    const event = await system.waitForState(id, 'sent');
    expect(only(event).messages.map(({ channel, state }) => [channel, state])).toEqual([
      ['whatsapp', 'bounced'],
      ['email', 'sent'],
    ]);
    expect(storyOf(event).slice(2)).toEqual([
      'receipt whatsapp bounced whatsapp_error',
      'next_rung whatsapp bounced',
      'attempt_started email 1',
      'attempt_ended email 1 accepted',
    ]);
  });
});

describe('an e-mail that comes back', () => {
  test('ends among the dead letters, and its address is left out from then on', async () => {
    const person = await addCustomer(system, { channels: ['email'] });
    const id = await system.accept(appointmentFor(person));
    await system.waitForState(id, 'sent');
    const [mail] = await system.sandbox.waitFor(person.email);
    const to = mail?.headers['return-path'] ?? '';
    expect(to).toMatch(/^<rebotes\+[0-9a-f]{32}\.[0-9a-f]{16}@example\.com>$/);
    expect(await system.returnMail(mailReport({ to, action: 'failed', status: '5.1.1' }))).toBe(
      200,
    );
    const event = await system.waitForState(id, 'failed');
    expect(only(event)).toMatchObject({ state_reason: 'bounced' });
    expect(only(event).messages[0]).toMatchObject({ state: 'bounced' });
    const letters = await system.query('SELECT cause, detail FROM dead_letter WHERE id = $1', [
      only(event).id,
    ]);
    expect(letters).toEqual([{ cause: 'bounced', detail: 'email: mail_5_1_1' }]);
    expect((await system.dispatch(appointmentFor(person))).status).toBe(400);
  });
});

describe('a push message', () => {
  test('that is clicked counts as read', async () => {
    const person = await addCustomer(system, { channels: ['push'] });
    const id = await system.accept(appointmentFor(person));
    const [message] = await system.sandbox.waitFor(person.endpoints[0] ?? '');
    await system.waitForState(id, 'sent');
    const answer = await fetch(`${system.apiUrl}/api/v1/notifications/push/click/`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token: message?.click }),
    });
    expect(answer.status).toBe(204);
    expect(receiptsOf(await system.waitForState(id, 'read'))).toMatchObject([
      { channel: 'push', outcome: 'read', text_es: 'La notificación push: fue leído.' },
    ]);
  });
});
