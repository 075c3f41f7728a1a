import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readJsonBody } from './json-body.js';
import { isTooDeep } from './json-depth.js';
import { locateJsonFault } from './locate-json-fault.js';
import { Problem } from './problem.js';

const bytesOf = (text: string) => Buffer.from(text, 'utf8');

describe('reading a body', () => {
  test('gives what JSON.parse gives, or refuses with the place', () => {
    const json = fc.json({ maxDepth: 8, stringUnit: 'binary' });
    fc.assert(
      fc.property(json, (text) => {
        try {
          expect(readJsonBody(bytesOf(text))).toEqual(JSON.parse(text));
        } catch (error) {
          if (!(error instanceof Problem)) throw error;
          expect(Object.keys(error.errors ?? {})).toHaveLength(1);
        }
      }),
    );
  });

  test('throws nothing but a refusal, whatever the bytes', () => {
    const damaged = fc
      .tuple(fc.json(), fc.nat(), fc.uint8Array({ minLength: 1, maxLength: 3 }))
      .map(([text, place, bytes]) => {
        const body = bytesOf(text);
        body.set(
          bytes.slice(0, Math.max(body.length - (place % body.length), 0)),
          place % body.length,
        );
        return body;
      });
    fc.assert(
      fc.property(fc.oneof(damaged, fc.uint8Array().map(Buffer.from)), (body) => {
        try {
          readJsonBody(body);
        } catch (error) {
          expect(error).toBeInstanceOf(Problem);
        }
      }),
    );
  });
});

describe('locating a fault', () => {
  test('a text cut short ends where it was cut, at the latest', () => {
    const cut = fc
      .tuple(fc.json({ maxDepth: 6 }), fc.nat())
      .map(([text, at]) => text.slice(0, at % text.length));
    fc.assert(
      fc.property(cut, (text) => {
        fc.pre(!parses(text));
        const { line, column } = locateJsonFault(text);
        expect(line).toBe(1);
        expect(column).toBeLessThanOrEqual(text.length + 1);
      }),
    );
  });

  test('a stray character after whole JSON is found where it stands', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), (text) => {
        expect(locateJsonFault(`${text}\n }`)).toEqual({ line: 2, column: 2 });
      }),
    );
  });
});

describe('depth', () => {
  test('16 levels pass, 17 do not, and brackets in strings do not count', () => {
    const nested = (levels: number) => bytesOf('['.repeat(levels) + ']'.repeat(levels));
    expect([isTooDeep(nested(16)), isTooDeep(nested(17))]).toEqual([false, true]);
    expect(isTooDeep(bytesOf(`["${'['.repeat(50)}\\"${'{'.repeat(50)}"]`))).toBe(false);
  });
});

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
