import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { paced } from './paced.js';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

describe('what is paced', () => {
  test('runs at once, and once more for all that was wanted meanwhile', () => {
    const run = jest.fn(() => true);
    const pace = paced(run, 2000);
    for (let time = 0; time < 5; time += 1) pace.want();
    expect(run).toHaveBeenCalledTimes(1);
    jest.advanceTimersByTime(1999);
    expect(run).toHaveBeenCalledTimes(1);
    jest.advanceTimersByTime(60_000);
    expect(run).toHaveBeenCalledTimes(2);
    pace.want();
    expect(run).toHaveBeenCalledTimes(3);
  });

  test('is tried again where it could not run, until it is stopped', () => {
    const run = jest.fn(() => false);
    const pace = paced(run, 2000);
    pace.want();
    jest.advanceTimersByTime(4000);
    expect(run).toHaveBeenCalledTimes(3);
    pace.stop();
    jest.advanceTimersByTime(60_000);
    expect(run).toHaveBeenCalledTimes(3);
  });
});
