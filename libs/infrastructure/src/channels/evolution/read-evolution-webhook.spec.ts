import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readEvolutionWebhook } from './read-evolution-webhook.js';

const read = (body: unknown) => readEvolutionWebhook(JSON.stringify(body));
const update = (data: unknown, event = 'messages.update') =>
  read({ event, instance: 'norte', data })?.messages.map(({ subject, kind }) => [subject, kind]);

describe('an update of a message', () => {
  test.each([
    ['DELIVERY_ACK', 'delivered'],
    ['DELIVERED', 'delivered'],
    [3, 'delivered'],
    ['READ', 'read'],
    ['PLAYED', 'read'],
    [5, 'read'],
    ['ERROR', 'bounced'],
    ['FAILED', 'bounced'],
    [0, 'bounced'],
  ])('with status %s says %s', (status, kind) => {
    expect(update({ keyId: '3EB0C1', fromMe: true, status })).toEqual([['whatsapp:3EB0C1', kind]]);
  });

  test.each(['PENDING', 'SERVER_ACK', 'SENT', 'DELETED', 2, '', null, undefined, {}])(
    'with status %p says nothing that we do not know',
    (status) => {
      expect(update({ keyId: '3EB0C1', status })).toEqual([]);
    },
  );

  test('is understood as every version names the message and the event', () => {
    const read = [['whatsapp:3EB0C1', 'read']];
    expect(update({ keyId: '3EB0C1', messageId: 'cm1', status: 'READ' })).toEqual(read);
    expect(update({ id: '3EB0C1', status: 'READ', owner: 'x' }, 'MESSAGES_UPDATE')).toEqual(read);
    expect(update([{ key: { id: '3EB0C1' }, status: 'READ' }], 'messages-update')).toEqual(read);
  });

  test('names no message by what the database could not keep', () => {
    for (const keyId of ['', 'a\u0000b', 'ñ', 'x'.repeat(201), 7, null]) {
      expect(update({ keyId, status: 'READ' })).toEqual([]);
    }
  });
});

describe('a change of a line', () => {
  const lines = (event: string, data: unknown, instance: unknown = 'norte') =>
    read({ event, instance, data })?.lines;

  test('says its state and why', () => {
    expect(
      lines('connection.update', { instance: 'norte', state: 'close', statusReason: 401 }),
    ).toEqual([{ instance: 'norte', state: 'close', reason: 401 }]);
    expect(lines('connection.update', { state: 'open' })).toEqual([
      { instance: 'norte', state: 'open', reason: null },
    ]);
    expect(lines('status.instance', { status: 'closed', disconnectionReasonCode: 403 })).toEqual([
      { instance: 'norte', state: 'close', reason: 403 },
    ]);
    expect(lines('logout.instance', null)).toEqual([
      { instance: 'norte', state: 'close', reason: null },
    ]);
  });

  test('without a state or a line says nothing', () => {
    expect(lines('connection.update', {})).toEqual([]);
    expect(lines('connection.update', { state: 'OPEN; --' })).toEqual([]);
    expect(lines('connection.update', { state: 'open' }, 'nor\u0000te')).toEqual([]);
  });
});

describe('anything else', () => {
  test('that Evolution sends holds nothing', () => {
    expect(
      read({ event: 'send.message', data: { key: { id: '3EB0C1' }, status: 'PENDING' } }),
    ).toEqual({ messages: [], lines: [] });
  });

  test('is no webhook', () => {
    for (const text of ['', '{', 'null', '[]', '7', '{"event": 7}', '"messages.update"']) {
      expect(readEvolutionWebhook(text)).toBeNull();
    }
  });

  test('never makes the reader fail', () => {
    const event = fc.constantFrom('messages.update', 'connection.update', 'STATUS_INSTANCE', 'x');
    const data = fc.anything({ maxDepth: 4, withNullPrototype: true });
    fc.assert(
      fc.property(event, data, fc.string(), (name, value, instance) => {
        const text = JSON.stringify({ event: name, data: value, instance });
        expect(() => readEvolutionWebhook(text)).not.toThrow();
        expect(() => readEvolutionWebhook(text.slice(0, text.length / 2))).not.toThrow();
      }),
    );
  });
});
