import { afterEach, describe, expect, test } from '@jest/globals';
import { say } from './say.js';

describe('the words for the terminal', () => {
  const { LC_ALL, LC_MESSAGES, LANG } = process.env;
  afterEach(() => {
    Object.assign(process.env, {
      LC_ALL: LC_ALL ?? '',
      LC_MESSAGES: LC_MESSAGES ?? '',
      LANG: LANG ?? '',
    });
  });

  test.each([
    ['es_EC.UTF-8', 'hola'],
    ['C.UTF-8', 'hola'],
    ['POSIX', 'hola'],
    ['', 'hola'],
    ['en_US.UTF-8', 'hello'],
    ['cs_CZ.UTF-8', 'hello'],
    ['est', 'hello'],
  ])('with LANG=%s are %s', (language, words) => {
    Object.assign(process.env, { LC_ALL: '', LC_MESSAGES: '', LANG: language });
    expect(say('hola', 'hello')).toBe(words);
  });
});
