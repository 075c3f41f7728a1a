import { ChoiceShown, IntegerShown, ListShown, MomentShown, orNull } from './shown.js';

export const queueNames = ['email', 'whatsapp', 'push', 'sync'] as const;
export type QueueName = (typeof queueNames)[number];

/** What waits on one way out, and who works on it. */
export class QueueView {
  @ChoiceShown(queueNames, 'A channel, or `sync`: the records of the core system.', 'whatsapp')
  name: QueueName;

  @IntegerShown('Due now, and not taken yet.', 3)
  waiting: number;

  @IntegerShown('Under way at a worker.', 1)
  active: number;

  @IntegerShown('For a later time: retries, quiet hours, appointments.', 12)
  delayed: number;

  @IntegerShown('In the line of a provider account that fails or keeps a pace.', 0)
  held: number;

  @IntegerShown('Failed for good, and neither replayed nor refused since.', 2)
  failed: number;

  @MomentShown('Since when the oldest of `waiting` is due; null: nothing waits.', null, orNull)
  oldest_waiting_since: string | null;

  @IntegerShown(
    'Workers that listen to it now; null where its store does not answer. Of a worker that hangs ' +
      '`waiting` grows all the same.',
    1,
    orNull,
  )
  workers: number | null;
}

/** How much waits, and for what. A key of one workshop counts that workshop's messages. */
export class QueuesView {
  @MomentShown("When it was counted, by the database's clock.")
  counted_at: string;

  @ListShown(QueueView, 'Every queue.')
  queues: QueueView[];

  @MomentShown(
    'When a scheduler last took a run; one does every minute. Null: none ever did.',
    '2026-01-19T15:15:00.000Z',
    orNull,
  )
  scheduler_seen_at: string | null;
}
