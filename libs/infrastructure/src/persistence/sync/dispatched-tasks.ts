import type { DataSource } from 'typeorm';
import type { NotificationState } from '#domain/delivery/climb-ladder.js';

/** A notification, as whoever polls the `task_id` of its receipt wants to know of it. */
export interface DispatchedTask {
  event_id: string;
  notification_id: string;
  state: NotificationState;
  state_reason: string | null;
  created_at: Date;
  ended_at: Date | null;
  /** Of all its messages together. */
  attempts: number;
  is_sending: boolean;
}

/** The notification whose receipt named this `task_id`: the id of its first message. */
export async function findDispatchedTask(
  dataSource: DataSource,
  taskId: string,
): Promise<DispatchedTask | null> {
  const [row] = await dataSource.query<DispatchedTask[]>(find, [taskId]);
  return row ?? null;
}

const find = `
  SELECT n.event_id, n.id AS notification_id, n.state, n.state_reason, n.created_at, n.ended_at,
    (SELECT sum(m.attempts)::integer FROM message m WHERE m.notification_id = n.id) AS attempts,
    EXISTS (SELECT FROM message m WHERE m.notification_id = n.id AND m.state = 'sending')
      AS is_sending
  FROM message first JOIN notification n ON n.id = first.notification_id
  WHERE first.id = $1
`;
