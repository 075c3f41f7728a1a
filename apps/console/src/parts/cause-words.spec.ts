import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { causeInWords, causes } from './cause-words.js';

const delivery = ['libs/infrastructure/src/channels', 'libs/domain/src/delivery'];

/** Codes that senders and the delivery write, where they stand as they are. */
function codesInUse(): string[] {
  const sources = delivery.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'))
      .map((name) => readFileSync(`${folder}/${name}`, 'utf8')),
  );
  const named = sources.flatMap((source) => [
    ...source.matchAll(/\bcode: '([a-z]+(?:_[a-z0-9]+)*)'/g),
  ]);
  return [...new Set(named.map(([, code = '']) => code))].sort();
}

test('every cause that the delivery writes down is told in words, in both languages', () => {
  const codes = codesInUse();
  expect(codes.length).toBeGreaterThan(35);
  for (const language of ['es', 'en'] as const) {
    expect(codes.filter((code) => causeInWords(code, language) === code)).toEqual([]);
  }
});

test("a provider's own number is told with who said it, and an unknown code as it is", () => {
  expect(causeInWords('smtp_550', 'es')).toBe('El servidor de correo contestó 550');
  expect(causeInWords('evolution_502', 'en')).toBe('Evolution answered 502');
  expect(causeInWords('of_a_newer_version', 'es')).toBe('of_a_newer_version');
});

test('no cause has the same words in both languages', () => {
  expect(Object.entries(causes).filter(([, [es, en]]) => es === en)).toEqual([]);
});
