import type { DataSource } from 'typeorm';

/** Numbered by one transaction, so that none holds the lock for long. */
const batchSize = 1000;

/**
 * Gives numbers to the notices that were committed without one, in the order in which they were
 * written. One at a time does this, and the lock is kept until the numbers can be seen: so they
 * become visible in their order, whatever order their causes committed in. A sequence asked by the
 * writers themselves would not do: who was first to ask may be the last to commit.
 */
export async function numberNotices(dataSource: DataSource): Promise<void> {
  await dataSource.transaction(async (manager) => {
    await manager.query(`SELECT pg_advisory_xact_lock(hashtextextended('staff_notice', 0))`);
    await manager.query(dropRepeats);
    await manager.query(numberWaiting, [batchSize]);
  });
}

/**
 * Of the letters that found a group of dead letters together each tells of it. The first does, and
 * for a minute no other.
 */
const dropRepeats = `
  DELETE FROM staff_notice n
  WHERE n.number IS NULL AND n.kind = 'dead_letters' AND EXISTS (
    SELECT FROM staff_notice other
    WHERE other.subject = n.subject AND other.kind = n.kind
      AND other.created_at > n.created_at - interval '1 minute'
      AND (other.number IS NOT NULL OR (other.created_at, other.id) < (n.created_at, n.id)))
`;

const numberWaiting = `
  UPDATE staff_notice n SET number = turn.number
  FROM (
    SELECT id, nextval('staff_notice_number') AS number FROM (
      SELECT id FROM staff_notice WHERE number IS NULL ORDER BY created_at, id LIMIT $1
    ) waiting
  ) turn
  WHERE n.id = turn.id
`;
