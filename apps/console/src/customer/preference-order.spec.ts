import { describe, expect, test } from '@jest/globals';
import type { PreferencesView } from '#contracts/client/types.gen.js';
import { changeOfOrder, hasOwnOrder, moved, orderOf, withChange } from './preference-order.js';

const of = (email: number | null, whatsapp: number | null, push: number | null) => {
  const one = (priority: number | null) => ({
    enabled: true,
    priority,
    consent: true,
    consent_withdrawn_at: null,
  });
  const view: PreferencesView = {
    customer_id: 'c',
    email: one(email),
    whatsapp: one(whatsapp),
    push: one(push),
  };
  return view;
};

describe('the order of a person’s channels', () => {
  test('is the own one, and what has no place in it follows', () => {
    expect(orderOf(of(3, 1, 2))).toEqual(['whatsapp', 'push', 'email']);
    expect(orderOf(of(null, null, 5))).toEqual(['push', 'email', 'whatsapp']);
    expect(orderOf(of(null, null, null))).toEqual(['email', 'whatsapp', 'push']);
    expect(hasOwnOrder(of(null, null, null))).toBe(false);
    expect(hasOwnOrder(of(null, 2, null))).toBe(true);
  });

  test('is what it was made to be, once it is saved', () => {
    const order = moved(orderOf(of(1, 2, 3)), 2, 0);
    expect(order).toEqual(['push', 'email', 'whatsapp']);
    expect(orderOf(withChange(of(1, 2, 3), changeOfOrder(order)))).toEqual(order);
    expect(hasOwnOrder(withChange(of(1, 2, 3), changeOfOrder(null)))).toBe(false);
  });

  test('stays where a move would lead out of it', () => {
    expect(moved(['a', 'b'], 0, -1)).toEqual(['a', 'b']);
    expect(moved(['a', 'b'], 1, 2)).toEqual(['a', 'b']);
    expect(moved(['a', 'b'], 2, 0)).toEqual(['a', 'b']);
  });
});
