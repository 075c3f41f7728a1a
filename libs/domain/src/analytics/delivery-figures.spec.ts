import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { MessageState } from '../delivery/climb-ladder.js';
import { deliveryFigures, messageStates, type StateCount } from './delivery-figures.js';

const count = (state: MessageState, messages: number, secondsEach?: number): StateCount => ({
  state,
  messages,
  timed: secondsEach === undefined ? 0 : messages,
  deliveryMs: messages * (secondsEach ?? 0) * 1000,
});

describe('the figures of messages', () => {
  test('are of every state what it means', () => {
    const figures = deliveryFigures(messageStates.map((state, place) => count(state, 2 ** place)));
    expect(figures).toMatchObject({
      total: 1023,
      pending: 1 + 2,
      sent: 4 + 8 + 16,
      delivered: 8 + 16,
      failed: 32 + 64,
      expired: 128,
      stopped: 256 + 512,
    });
  });

  test('of nothing tell no rate and no time', () => {
    expect(deliveryFigures([])).toMatchObject({
      total: 0,
      deliveryRatePercent: null,
      averageDeliverySeconds: null,
    });
    expect(deliveryFigures([count('queued', 3), count('superseded', 2)])).toMatchObject({
      total: 5,
      deliveryRatePercent: null,
    });
  });

  test('have as rate what was sent of all that should be and is over', () => {
    const over = [count('sent', 1), count('read', 1), count('failed', 1)];
    expect(deliveryFigures(over).deliveryRatePercent).toBe(66.67);
    expect(deliveryFigures([...over, count('expired', 1)]).deliveryRatePercent).toBe(50);
    const others = [count('queued', 7), count('sending', 1), count('canceled', 5)];
    expect(deliveryFigures([...over, ...others]).deliveryRatePercent).toBe(66.67);
  });

  test('have the time of what was sent, not of what came back', () => {
    const counts = [count('sent', 2, 1.5), count('delivered', 1, 6), count('bounced', 9, 100)];
    expect(deliveryFigures(counts).averageDeliverySeconds).toBe(3);
  });

  test('never lose a message, whatever there is', () => {
    const anyCounts = fc.array(
      fc.record({
        state: fc.constantFrom(...messageStates),
        messages: fc.nat(1e6),
        timed: fc.nat(1e6),
        deliveryMs: fc.nat(1e9),
      }),
    );
    fc.assert(
      fc.property(anyCounts, (counts) => {
        const figures = deliveryFigures(counts);
        const { total, pending, sent, delivered, failed, expired, stopped } = figures;
        expect(total).toBe(counts.reduce((sum, { messages }) => sum + messages, 0));
        expect(pending + sent + failed + expired + stopped).toBe(total);
        expect(delivered).toBeLessThanOrEqual(sent);
        expect(figures.deliveryRatePercent ?? 0).toBeLessThanOrEqual(100);
      }),
    );
  });
});
