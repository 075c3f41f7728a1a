import type { EntityManager } from 'typeorm';
import { inboxBellV1 } from '#contracts/queue/inbox-bell.v1.js';
import type { AccountNews } from '../accounts/provider-accounts.js';

/**
 * SQL: whether the next look at the inbox is still to be asked for. Commits that ring wait for each
 * other, so while notices wait for their numbers nobody rings again.
 */
export const nobodyRang = 'NOT EXISTS (SELECT FROM staff_notice WHERE number IS NULL)';

/**
 * Tells staff of provider accounts that began to fail, or take messages again, in the transaction
 * that moves their breakers.
 */
export async function addAccountNotices(
  manager: EntityManager,
  news: readonly AccountNews[],
): Promise<void> {
  if (news.length === 0) return;
  await manager.query(accountNotices, [
    news.map(({ account }) => account),
    news.map(({ breaker }) => breaker.state === 'closed'),
    news.map(({ breaker }) => breaker.lastFailure?.code ?? null),
  ]);
}

/** The provider's own words stay out: they may quote an address. */
const accountNotices = `
  WITH told AS (
    INSERT INTO staff_notice (kind, subject, taller_id, data)
    SELECT CASE WHEN well THEN 'account_recovered' ELSE 'account_failing' END, account,
      substring(account from '^[a-z]+:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$')::uuid,
      jsonb_build_object('account', account, 'code', CASE WHEN NOT well THEN code END)
    FROM unnest($1::text[], $2::boolean[], $3::text[]) AS news(account, well, code)
    RETURNING id
  )
  SELECT pg_notify('${inboxBellV1}', '') FROM told HAVING count(*) > 0 AND ${nobodyRang}
`;

/**
 * Tells staff of a group of dead letters of which nothing else waits, in the transaction that adds
 * its first letter. Of several that come at once, the numbering keeps one.
 */
export async function addDeadLetterNotices(
  manager: EntityManager,
  ids: readonly string[],
): Promise<void> {
  await manager.query(deadLetterNotices, [ids]);
}

const deadLetterNotices = `
  WITH told AS (
    INSERT INTO staff_notice (kind, subject, taller_id, data)
    SELECT DISTINCT 'dead_letters', concat_ws('/', d.kind, d.cause, d.taller_id), d.taller_id,
      jsonb_build_object('kind', d.kind, 'cause', d.cause)
    FROM dead_letter d
    WHERE d.id = ANY($1::uuid[]) AND NOT EXISTS (
      SELECT FROM dead_letter other
      WHERE other.kind = d.kind AND other.cause = d.cause AND other.resolved_at IS NULL
        AND other.taller_id IS NOT DISTINCT FROM d.taller_id AND other.id <> ALL($1::uuid[]))
    RETURNING id
  )
  SELECT pg_notify('${inboxBellV1}', '') FROM told HAVING count(*) > 0 AND ${nobodyRang}
`;
