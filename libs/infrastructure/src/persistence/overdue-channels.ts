import type { DataSource } from 'typeorm';
import type { Channel } from '#domain/catalog/channels.js';

/** Messages looked at; the oldest tell enough. */
const lookedAt = 1000;

/**
 * The channels with messages that have been due for `forMs` and that nothing holds back: no
 * breaker, no pace, no quiet hours, no suspicion that they end the process which sends them.
 */
export async function overdueChannels(dataSource: DataSource, forMs: number): Promise<Channel[]> {
  const rows = await dataSource.query<{ channel: Channel }[]>(overdue, [forMs, lookedAt]);
  return rows.map(({ channel }) => channel);
}

const overdue = `
  SELECT DISTINCT channel FROM (
    SELECT channel FROM message
    WHERE state = 'queued' AND due_at < clock_timestamp() - $1 * interval '1 ms'
      AND (valid_until IS NULL OR valid_until > clock_timestamp())
      AND held_by IS NULL AND losses < 2
    ORDER BY due_at LIMIT $2
  ) oldest
`;
