import { expect, test } from '@jest/globals';
import { filtersOf, placeOf } from './search.js';

test('an address narrows the list by what is known, and loses the rest', () => {
  const search = {
    channel: 'sms',
    target: 'staff',
    search: 2024,
    page: '3',
    is_active: false,
    x: 1,
  };
  expect(filtersOf(search)).toEqual({ target: 'staff', search: '2024', page: 3, is_active: false });
  expect(filtersOf({ page: '1', search: '', is_active: 'no' })).toEqual({});
});

test('a link to a new template says as much of its place as it knows', () => {
  expect(placeOf({ channel: 'push', phase: 'phase-repair', target: 7 })).toEqual({
    channel: 'push',
    phase: 'phase-repair',
  });
});
