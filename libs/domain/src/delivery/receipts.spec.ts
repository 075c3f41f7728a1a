import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { messageStates } from '../analytics/delivery-figures.js';
import type { MessageState } from './climb-ladder.js';
import {
  afterReceipt,
  closesLadder,
  mustWait,
  type ReceiptKind,
  readMailReport,
  receiptKinds,
} from './receipts.js';

const apply = (state: MessageState, receipts: readonly ReceiptKind[]) =>
  receipts.reduce(afterReceipt, state);
const anyState = fc.constantFrom(...messageStates);
const anyReceipts = fc.array(fc.constantFrom(...receiptKinds), { maxLength: 12 });

describe('receipts', () => {
  test('end in the same state in any order and however often each comes', () => {
    fc.assert(
      fc.property(
        anyState,
        anyReceipts.chain((receipts) =>
          fc.tuple(
            fc.constant(receipts),
            fc.shuffledSubarray([...receipts, ...receipts], {
              minLength: receipts.length * 2,
            }),
          ),
        ),
        (state, [once, again]) => {
          expect(apply(state, again)).toBe(apply(state, once));
        },
      ),
    );
  });

  test('lead along sent < bounced < delivered < read and never back', () => {
    const order = ['sent', 'bounced', 'delivered', 'read'];
    fc.assert(
      fc.property(fc.constantFrom(...order.filter(isState)), anyReceipts, (state, receipts) => {
        const places = receipts.map((_, count) =>
          order.indexOf(apply(state, receipts.slice(0, count + 1))),
        );
        expect(places).toEqual([...places].sort());
        expect(Math.min(...places, 4)).toBeGreaterThanOrEqual(order.indexOf(state));
      }),
    );
  });

  test('change nothing of what ended unsent or is still on its way', () => {
    for (const state of [
      'queued',
      'sending',
      'failed',
      'expired',
      'canceled',
      'superseded',
    ] as const)
      expect(apply(state, receiptKinds)).toBe(state);
  });

  test('wait for the record of what is still on its way', () => {
    expect(messageStates.filter(mustWait)).toEqual(['queued', 'sending']);
  });
});

describe('a ladder', () => {
  test.each([
    ['sent', ['delivered', 'read']],
    ['delivered', ['delivered', 'read']],
    ['read', ['read']],
  ] as const)('that goes on until %s is closed by %s', (until, closing) => {
    expect(messageStates.filter((state) => closesLadder(state, until))).toEqual(closing);
  });
});

describe('a report of a mail server', () => {
  test.each([
    ['failed', '5.1.1', 'bounced', true],
    ['Failed', '5.1.10', 'bounced', true],
    ['failed', '5.2.1', 'bounced', true],
    ['failed', '5.2.2', 'bounced', false],
    ['failed', '5.7.1', 'bounced', false],
    ['failed', '4.4.7', 'bounced', false],
    ['failed', '', 'bounced', false],
    ['delayed', '4.4.1', 'delayed', false],
    ['delivered', '2.1.5', 'delivered', false],
  ])('%s %s says %s, and of the address that it is wrong: %s', (action, status, kind, wrong) => {
    expect(readMailReport({ action, status })).toEqual({ kind, addressIsWrong: wrong });
  });

  test.each(['relayed', 'expanded', 'mystified', ''])('%s says nothing', (action) => {
    expect(readMailReport({ action, status: '2.0.0' })).toBeNull();
  });
});

function isState(name: string): name is MessageState {
  return messageStates.some((state) => state === name);
}
