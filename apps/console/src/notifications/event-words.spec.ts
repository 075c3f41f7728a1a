import { expect, test } from '@jest/globals';
import type { NotificationSummary } from '#contracts/client/types.gen.js';
import { contextValue, statesOf } from './event-words.js';

test.each([
  [{ placa: 'ABC123' }, 'Placa', 'ABC123'],
  [{ VEHICULO: 'Haval' }, 'Vehículo', 'Haval'],
  [{ Orden: 7 }, 'Orden', '7'],
  [{ orden: { nested: true } }, 'Orden', null],
  [{}, 'Placa', null],
])('in %j the value of %s is %j', (context, name, value) => {
  expect(contextValue(context, name)).toBe(value);
});

test('who could not be told is told of first', () => {
  const of = (state: NotificationSummary['state']): NotificationSummary => ({
    id: 'n',
    recipient_kind: 'staff',
    recipient_id: 's',
    recipient_name: 'Ana',
    state,
    state_reason: null,
    channels: ['email'],
    created_at: '2026-11-22T12:00:00Z',
    ended_at: null,
  });
  expect(statesOf({ notifications: [of('sent'), of('failed'), of('sent')] })).toEqual([
    { state: 'failed', count: 1 },
    { state: 'sent', count: 2 },
  ]);
});
