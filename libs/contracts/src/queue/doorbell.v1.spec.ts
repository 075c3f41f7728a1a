import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { channels } from '#domain/catalog/channels.js';
import { maximumRings, readRing } from './doorbell.v1.js';

describe('a ring', () => {
  test('names messages by channel', () => {
    const [a, b, c] = [randomUUID(), randomUUID(), randomUUID()];
    expect(readRing(`email:${a},push:${b},email:${c}`)).toEqual(
      new Map([
        ['email', [a, c]],
        ['push', [b]],
      ]),
    );
  });

  test('of anybody else is read without harm, and names nothing but ids', () => {
    fc.assert(
      fc.property(fc.string(), (payload) => {
        expect(readRing(payload).size).toBe(0);
        expect(readRing(`pigeon:${randomUUID()},${payload}`).size).toBe(0);
      }),
    );
  });

  test('at its longest fits into what Postgres takes', () => {
    const longest = Math.max(...channels.map((channel) => channel.length));
    expect(maximumRings * (longest + 1 + 36 + 1)).toBeLessThan(8000);
  });
});
