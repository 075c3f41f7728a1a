import { describe, expect, test } from '@jest/globals';
import { readOffsets } from './read-offsets.js';

describe('days around a due date', () => {
  test.each([
    ['-7, 0, 3', [-7, 0, 3]],
    [' -30 -7;0 ', [-30, -7, 0]],
    ['5,5', [5]],
  ])('are read from %p', (text, days) => {
    expect(readOffsets(text)).toEqual(days);
  });

  test.each(['', 'siete', '1.5', '181', '1,2,3,4,5,6,7,8,9,10,11'])(
    'are not read from %p',
    (text) => {
      expect(readOffsets(text)).toBeNull();
    },
  );
});
