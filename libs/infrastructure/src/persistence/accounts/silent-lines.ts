import type { DataSource, EntityManager } from 'typeorm';
import { afterSigns } from '#domain/delivery/breaker.js';
import { enoughPeople, judgeSilence, type LineSigns } from '#domain/delivery/judge-silence.js';
import { freshAccount } from '#domain/delivery/provider-account.js';
import { addAccountNotices } from '../inbox/add-notices.js';
import { lockAccounts, saveAccounts } from './account-rows.js';
import type { AccountNews } from './provider-accounts.js';

interface SignsRow {
  account: string;
  unanswered: number;
  heard_at: Date | null;
  used_to_answer: boolean;
}

/** Finds WhatsApp lines that take messages and deliver none, by their acknowledgements. */
export class SilentLines {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Opens the breakers of lines that fell silent and closes those that are heard again. Gives back
   * which moved, each to the one process that moved it.
   */
  async review(): Promise<AccountNews[]> {
    const rows = await this.dataSource.query<SignsRow[]>(readSigns, [enoughPeople]);
    if (rows.length === 0) return [];
    return this.dataSource.transaction((manager) => judge(manager, rows));
  }
}

async function judge(manager: EntityManager, rows: readonly SignsRow[]): Promise<AccountNews[]> {
  const names = rows.map(({ account }) => account);
  const { accounts, nowMs } = await lockAccounts(manager, names, false);
  const unknown = rows.filter(
    (row) => !accounts.has(row.account) && judgeSilence(signsOf(row), nowMs) === 'silent',
  );
  const made = await lockAccounts(
    manager,
    unknown.map(({ account }) => account),
    true,
  );
  const known = new Map([...accounts, ...made.accounts]);
  const changed = rows.flatMap((row): AccountNews[] => {
    const account = known.get(row.account);
    if (!account) return [];
    const breaker = afterSigns(account.breaker, judgeSilence(signsOf(row), nowMs), nowMs);
    return breaker === account.breaker ? [] : [{ account: row.account, breaker }];
  });
  const after = changed.map(({ account: name, breaker }) => {
    const account = known.get(name) ?? freshAccount;
    const line =
      breaker.state === 'closed'
        ? { ...account.line, rampFromMs: nowMs, nextAtMs: nowMs }
        : account.line;
    return [name, { ...account, breaker, line }] as const;
  });
  await saveAccounts(manager, new Map(after), nowMs);
  await addAccountNotices(manager, changed);
  return changed;
}

function signsOf({ unanswered, heard_at, used_to_answer }: SignsRow): LineSigns {
  return { unanswered, heardAtMs: heard_at?.getTime() ?? null, usedToAnswer: used_to_answer };
}

/**
 * The lines that wrote to somebody in the last day, or are held to be silent. At most 5000 messages
 * are looked at, the latest: of a busy line it takes few to know.
 */
const readSigns = `
  WITH recent AS (
    SELECT taller_id, address->>'phone' AS phone, sent_at, delivered_at FROM message
    WHERE channel = 'whatsapp' AND sent_at > clock_timestamp() - interval '1 day'
    ORDER BY sent_at DESC LIMIT 5000
  ), lines AS (
    SELECT taller_id, provider_account_of('whatsapp', taller_id, NULL) AS account
    FROM recent GROUP BY taller_id
  ), named AS (
    SELECT l.account, r.* FROM recent r JOIN lines l ON l.taller_id IS NOT DISTINCT FROM r.taller_id
  ), heard AS (
    SELECT account, max(sent_at) FILTER (WHERE delivered_at IS NOT NULL) AS arrived_until,
      max(delivered_at) AS heard_at
    FROM named GROUP BY account
  ), counted AS (
    SELECT h.account, h.heard_at, count(DISTINCT n.phone) FILTER (
      WHERE n.sent_at > coalesce(h.arrived_until, '-infinity')
        AND n.sent_at < clock_timestamp() - interval '10 minutes')::integer AS unanswered
    FROM heard h JOIN named n USING (account) GROUP BY h.account, h.heard_at
  )
  SELECT account, unanswered, heard_at,
    CASE WHEN heard_at IS NOT NULL THEN true WHEN unanswered < $1 THEN false ELSE EXISTS (
      SELECT FROM message m
      WHERE m.channel = 'whatsapp' AND m.sent_at > clock_timestamp() - interval '30 days'
        AND m.delivered_at IS NOT NULL
        AND provider_account_of('whatsapp', m.taller_id, NULL) = counted.account)
    END AS used_to_answer
  FROM counted
`;
