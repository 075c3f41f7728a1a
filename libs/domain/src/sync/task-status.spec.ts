import { expect, test } from '@jest/globals';
import { statusOfNotification, statusOfSyncTask } from './task-status.js';

test.each([
  ['queued', 0, 'PENDING'],
  ['queued', 2, 'RETRY'],
  ['running', 1, 'STARTED'],
  ['done', 1, 'SUCCESS'],
  ['failed', 5, 'FAILURE'],
] as const)('a sync task that is %s after %i attempts is %s', (state, attempts, status) => {
  expect(statusOfSyncTask(state, attempts)).toBe(status);
});

test.each([
  ['in_progress', 0, false, 'PENDING'],
  ['in_progress', 1, true, 'STARTED'],
  ['in_progress', 1, false, 'RETRY'],
  ['sent', 1, false, 'SUCCESS'],
  // A second device may still be on its way.
  ['sent', 2, true, 'SUCCESS'],
  ['delivered', 1, false, 'SUCCESS'],
  ['read', 1, false, 'SUCCESS'],
  ['failed', 4, false, 'FAILURE'],
  ['expired', 0, false, 'FAILURE'],
  ['canceled', 0, false, 'FAILURE'],
  ['superseded', 1, false, 'FAILURE'],
] as const)('a notification that is %s after %i attempts, sending: %s, is %s', (...given) => {
  const [state, attempts, isSending, status] = given;
  expect(statusOfNotification(state, attempts, isSending)).toBe(status);
});
