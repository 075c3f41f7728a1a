import type { NotificationState } from '../delivery/climb-ladder.js';

/** The words that callers know for the state of a task. */
export const taskStatuses = ['PENDING', 'STARTED', 'RETRY', 'SUCCESS', 'FAILURE'] as const;
export type TaskStatus = (typeof taskStatuses)[number];

/** States of a sync task; the last two are final. */
export type SyncTaskState = 'queued' | 'running' | 'done' | 'failed';

export function statusOfSyncTask(state: SyncTaskState, attempts: number): TaskStatus {
  switch (state) {
    case 'queued':
      return attempts === 0 ? 'PENDING' : 'RETRY';
    case 'running':
      return 'STARTED';
    case 'done':
      return 'SUCCESS';
    case 'failed':
      return 'FAILURE';
  }
}

/**
 * The state of a notification in the same words. Whatever ended without reaching the person is a
 * FAILURE, also where somebody wanted it so.
 *
 * @param attempts of all its messages together
 * @param isSending whether one of them is at its provider now
 */
export function statusOfNotification(
  state: NotificationState,
  attempts: number,
  isSending: boolean,
): TaskStatus {
  switch (state) {
    case 'in_progress':
      if (isSending) return 'STARTED';
      return attempts === 0 ? 'PENDING' : 'RETRY';
    case 'sent':
    case 'delivered':
    case 'read':
      return 'SUCCESS';
    case 'failed':
    case 'expired':
    case 'canceled':
    case 'superseded':
      return 'FAILURE';
  }
}
