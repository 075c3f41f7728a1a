import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { spanish, tellInSpanish } from './own-details.texts.es.js';

describe('why a provider failed', () => {
  test('is told in Spanish where the words are ours, with their numbers', () => {
    expect(tellInSpanish('no answer within 3000 ms')).toBe('no respondió en 3000 ms');
    expect(tellInSpanish('instance close')).toBe('la línea de WhatsApp está desconectada');
  });

  test('is known by the words that the service still uses', () => {
    const sources = readdirSync('libs', { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'))
      .map((name) => readFileSync(`libs/${name}`, 'utf8'))
      .join('\n')
      .replace(/\$\{[^}]*\}/g, '#');
    const unused = Object.keys(spanish)
      .map((words) => words.replace(/^instance .*/, 'instance #'))
      .filter((words) => !sources.includes(words));
    expect(unused).toEqual([]);
  });

  test('is told word by word where a provider said it', () => {
    expect(tellInSpanish('550 5.1.1 No such user within 3 domains')).toBe(
      '550 5.1.1 No such user within 3 domains',
    );
  });
});
