import { expect, test } from '@jest/globals';
import { InvalidArgumentError } from 'commander';
import { seconds } from './duration.js';

test.each([
  ['10s', 10_000],
  ['10', 10_000],
  ['500ms', 500],
  ['1.5s', 1500],
  ['2m', 120_000],
  ['24h', 86_400_000],
])('a time of %s is %i ms', (text, milliseconds) => {
  expect(seconds(text)).toBe(milliseconds);
});

test.each(['', 'soon', '10d', '-1s', '1e9'])('%p is no time', (text) => {
  expect(() => seconds(text)).toThrow(InvalidArgumentError);
});
