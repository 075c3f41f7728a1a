import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { addCustomer, appointmentFor } from '../support/people.js';
import { only, storyOf } from '../support/read-event.js';
import { System } from '../support/system.js';

let system: System;
beforeAll(async () => {
  system = await System.start();
}, 120_000);
afterAll(() => system.stop());
afterEach(() => system.sandbox.clearFaults());

describe('a dispatch', () => {
  test('arrives by WhatsApp with its variables filled, and nowhere else', async () => {
    const person = await addCustomer(system);
    const id = await system.accept(appointmentFor(person));
    const [message] = await system.sandbox.waitFor(person.phone);
    expect(message).toMatchObject({ channel: 'whatsapp', to: person.phone });
    for (const word of [
      'Carlos Mendoza',
      'ABC123',
      'Haval H6 2024',
      '20 de Enero, 2026',
      '14:30',
    ]) {
      expect(message?.text).toContain(word);
    }
    expect(message?.text).not.toMatch(/\{\{|undefined/);
    const event = await system.waitForState(id, 'sent');
    expect(storyOf(event)).toEqual([
      'attempt_started whatsapp 1',
      'attempt_ended whatsapp 1 accepted',
    ]);
    expect(only(event).messages).toMatchObject([
      { channel: 'whatsapp', state: 'sent', provider_message_id: message?.messageId },
    ]);
    expect(await system.sandbox.arrived(person.email)).toEqual([]);
  });

  test('arrives by e-mail when WhatsApp is away, and the timeline tells each attempt', async () => {
    const person = await addCustomer(system);
    // Asks for a wait of its own (15 s) when it says that its line is closed; this one does not.
    await system.sandbox.fault({ channel: 'whatsapp', to: person.phone, kind: 'rate_limit' });
    const id = await system.accept(appointmentFor(person));
    const [mail] = await system.sandbox.waitFor(person.email);
    expect(mail?.subject).toBe('Su mantenimiento está agendado: 20 de Enero, 2026, 14:30');
    expect(mail?.text).toContain('Haval H6 2024');
    expect(mail?.html).toContain('Haval H6 2024');
    const event = await system.waitForState(id, 'sent');
    const attempt = (number: number) => [
      `attempt_started whatsapp ${number}`,
      `attempt_ended whatsapp ${number} rate_limited whatsapp_rate`,
    ];
    expect(storyOf(event)).toEqual([
      ...[1, 2, 3, 4].flatMap(attempt),
      'next_rung whatsapp 4 retries_used_up',
      'attempt_started email 1',
      'attempt_ended email 1 accepted',
    ]);
    for (const { text_es, text_en } of only(event).timeline) {
      expect([text_es, text_en]).not.toContain('');
    }
  });

  test('arrives by e-mail at once when the number is not on WhatsApp, which is then left out', async () => {
    const person = await addCustomer(system);
    await system.sandbox.fault({ channel: 'whatsapp', to: person.phone, kind: 'refuse_recipient' });
    const id = await system.accept(appointmentFor(person));
    const event = await system.waitForState(id, 'sent');
    expect(storyOf(event)).toEqual([
      'attempt_started whatsapp 1',
      'attempt_ended whatsapp 1 permanent_recipient not_on_whatsapp',
      'next_rung whatsapp 1 refused_for_good',
      'attempt_started email 1',
      'attempt_ended email 1 accepted',
    ]);
    const next = await system.dispatch(appointmentFor(person));
    expect(next.body.notifications[0]?.channels).toEqual(['email']);
  });

  test('that nobody takes ends as failed, with every channel’s reason', async () => {
    const person = await addCustomer(system);
    await system.sandbox.fault({ channel: 'whatsapp', to: person.phone, kind: 'refuse_message' });
    await system.sandbox.fault({ channel: 'email', to: person.email, kind: 'refuse_message' });
    const id = await system.accept(appointmentFor(person));
    const event = await system.waitForState(id, 'failed');
    expect(only(event).messages.map(({ channel, state }) => [channel, state])).toEqual([
      ['whatsapp', 'failed'],
      ['email', 'failed'],
    ]);
    expect(storyOf(event).at(-1)).toBe('ended email 1 failed refused_for_good');
  });

  test('whose answer was lost is unknown on the timeline, looked up, and not sent twice', async () => {
    const person = await addCustomer(system);
    await system.sandbox.fault({
      channel: 'whatsapp',
      to: person.phone,
      kind: 'lose_answer',
      times: 1,
    });
    const id = await system.accept(appointmentFor(person));
    await system.waitForEvent(id, (event) => storyOf(event).length === 2);
    await system.skipWaits();
    const event = await system.waitForState(id, 'sent');
    expect(storyOf(event)).toEqual([
      'attempt_started whatsapp 1',
      'attempt_ended whatsapp 1 unknown connection_lost',
      'attempt_started whatsapp 2',
      'attempt_ended whatsapp 2 accepted',
    ]);
    expect(only(event).timeline.at(-1)?.detail).toBe('found at the provider');
    expect(await system.sandbox.arrived(person.phone)).toHaveLength(1);
  });

  test('by e-mail whose answer was lost is repeated under the same Message-ID', async () => {
    const person = await addCustomer(system, { channels: ['email'] });
    await system.sandbox.fault({
      channel: 'email',
      to: person.email,
      kind: 'lose_answer',
      times: 1,
    });
    const id = await system.accept(appointmentFor(person));
    const event = await system.waitForState(id, 'sent');
    expect(storyOf(event)[1]).toMatch(/^attempt_ended email 1 unknown/);
    const mails = await system.sandbox.arrived(person.email);
    expect(mails).toHaveLength(2);
    expect(new Set(mails.map(({ messageId }) => messageId)).size).toBe(1);
  });
});

describe('a push message', () => {
  test('arrives readable, with topic, urgency and time to live', async () => {
    const person = await addCustomer(system, { channels: ['push'] });
    const id = await system.accept(appointmentFor(person, { priority: 'high' }));
    const [message] = await system.sandbox.waitFor(person.endpoints[0] ?? '');
    expect(message).toMatchObject({
      title: expect.stringMatching(/\S/),
      text: expect.stringMatching(/\S/),
      url: expect.stringMatching(/^https:\/\/app\.example\.com/),
      topic: expect.stringMatching(/^[\w-]{1,32}$/),
      headers: { urgency: 'high' },
    });
    const ttlSeconds = Number(message?.headers.ttl);
    expect(ttlSeconds).toBeGreaterThan(71 * 3600);
    expect(ttlSeconds).toBeLessThanOrEqual(72 * 3600);
    await system.waitForState(id, 'sent');
  });

  test('to a browser that is gone ends the subscription, and the next channel follows', async () => {
    const person = await addCustomer(system, { channels: ['push', 'email'] });
    const [endpoint = ''] = person.endpoints;
    await system.sandbox.fault({ channel: 'push', to: endpoint, kind: 'refuse_recipient' });
    const id = await system.accept(appointmentFor(person));
    await system.sandbox.waitFor(person.email);
    const event = await system.waitForState(id, 'sent');
    expect(storyOf(event)[1]).toMatch(/^attempt_ended push 1 permanent_recipient/);
    const next = await system.dispatch(appointmentFor(person));
    expect(next.body.notifications[0]?.channels).toEqual(['email']);
  });

  test('reaches one device when the other is gone, and no other channel', async () => {
    const person = await addCustomer(system, { channels: ['push', 'email'], devices: 2 });
    const [gone = '', there = ''] = person.endpoints;
    await system.sandbox.fault({ channel: 'push', to: gone, kind: 'refuse_recipient' });
    const id = await system.accept(appointmentFor(person));
    await system.sandbox.waitFor(there);
    const event = await system.waitForEvent(
      id,
      (now) =>
        only(now).state === 'sent' &&
        only(now).messages.every(({ state }) => ['sent', 'failed'].includes(state)),
    );
    expect(
      only(event)
        .messages.map(({ state }) => state)
        .sort(),
    ).toEqual(['failed', 'sent']);
    expect(await system.sandbox.arrived(person.email)).toEqual([]);
  });
});

// After the others of WhatsApp: a number that was asked to wait begins at two messages a second
// again, and holds what comes sooner.
describe('a message by a provider that is busy', () => {
  test('waits as long as a provider asks, and then goes on', async () => {
    const person = await addCustomer(system);
    await system.sandbox.fault({
      channel: 'whatsapp',
      to: person.phone,
      kind: 'rate_limit',
      retryAfterSeconds: 15,
      times: 1,
    });
    const id = await system.accept(appointmentFor(person));
    const waiting = await system.waitForEvent(id, (event) => storyOf(event).length === 2);
    const dueAt = Date.parse(only(waiting).messages[0]?.due_at ?? '');
    expect(dueAt - Date.now()).toBeGreaterThan(10_000);
    await system.waitForState(id, 'sent');
    expect(await system.sandbox.arrived(person.phone)).toHaveLength(1);
  });
});

describe('the logs', () => {
  test('tell of the work, and name nobody', async () => {
    const logs = system.logs();
    const secrets = await system.secrets();
    expect(secrets.length).toBeGreaterThan(40);
    expect(secrets.filter((secret) => logs.includes(secret))).toEqual([]);
  });
});
