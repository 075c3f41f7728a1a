import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { eventTypes, validHoursOf } from './event-types.js';

describe('how long a message about an event is of use', () => {
  test.each(Object.entries(eventTypes))('%s has its own time', (eventType, { validHours }) => {
    expect(validHoursOf(eventType)).toBe(validHours);
    expect(validHours).toBeGreaterThan(0);
  });

  test.each(['__proto__', 'constructor', 'toString', ''])('%j is a type like any other', (name) => {
    expect(validHoursOf(name)).toBe(72);
  });

  test('every event is of use for some hours, whatever its type is called', () => {
    fc.assert(
      fc.property(fc.string(), (eventType) => {
        expect(validHoursOf(eventType)).toBeGreaterThan(0);
      }),
    );
  });
});
