import type { DataSource, EntityManager } from 'typeorm';
import { closeBreaker } from '#domain/delivery/breaker.js';
import type { ProviderAccount } from '#domain/delivery/provider-account.js';
import { addAccountNotices } from '../inbox/add-notices.js';
import { lockAccounts, saveAccounts } from './account-rows.js';

export interface ProviderAccountRow {
  account: string;
  channel: string;
  taller_id: string | null;
  memory: ProviderAccount;
  waiting: number;
}

/** Provider accounts as people look at them. */
export class ProviderAccountsRepository {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Those that fail first. A workshop sees its own account and everybody's, and of the messages
   * that wait its own; nobody's others.
   */
  async page(
    tallerId: string | null,
    { offset, limit }: { offset: number; limit: number },
  ): Promise<{ count: number; rows: ProviderAccountRow[] }> {
    const rows = await this.dataSource.query<ProviderAccountRow[]>(page, [tallerId, offset, limit]);
    const [counted] = await this.dataSource.query<{ count: number }[]>(
      `SELECT count(*)::integer AS count FROM provider_account p WHERE ${isVisible}`,
      [tallerId],
    );
    return { count: counted?.count ?? 0, rows };
  }

  /** Those that take no messages now, or only the first again, as they may be seen; at most 100. */
  failing(tallerId: string | null): Promise<ProviderAccountRow[]> {
    return this.dataSource.query(failing, [tallerId]);
  }

  /** The account, if it may be seen. */
  async find(tallerId: string | null, account: string): Promise<ProviderAccountRow | undefined> {
    const [row] = await this.dataSource.query<ProviderAccountRow[]>(one, [tallerId, account]);
    return row;
  }

  /**
   * Closes an account's breaker by hand, as after a repair: its messages leave in turn, slowly at
   * first. False where there is no such account.
   */
  async reset(manager: EntityManager, name: string): Promise<boolean> {
    const { accounts, nowMs } = await lockAccounts(manager, [name], false);
    const account = accounts.get(name);
    if (!account) return false;
    const breaker = closeBreaker(account.breaker, nowMs);
    const line = { ...account.line, rampFromMs: nowMs, nextAtMs: nowMs };
    const reset = { ...account, breaker, line, blockedUntilMs: 0 };
    await saveAccounts(manager, new Map([[name, reset]]), nowMs, true);
    if (account.breaker.state !== 'closed') {
      await addAccountNotices(manager, [{ account: name, breaker }]);
    }
    return true;
  }
}

const isVisible = `($1::uuid IS NULL OR split_part(p.account, ':', 2) = $1::text
    OR p.channel = 'push' OR p.account LIKE '%:house')`;

const columns = `
  p.account, p.channel, p.memory,
  CASE WHEN p.channel <> 'push' AND p.account NOT LIKE '%:house'
    THEN split_part(p.account, ':', 2) END AS taller_id,
  (SELECT count(*)::integer FROM message m
    WHERE m.held_by = p.account AND m.state = 'queued'
      AND ($1::uuid IS NULL OR m.taller_id = $1::uuid)) AS waiting`;

const page = `
  SELECT ${columns} FROM provider_account p WHERE ${isVisible}
  ORDER BY p.state = 'closed', p.account
  OFFSET $2 LIMIT $3
`;

const failing = `
  SELECT ${columns} FROM provider_account p WHERE ${isVisible} AND p.state <> 'closed'
  ORDER BY p.account LIMIT 100
`;

const one = `SELECT ${columns} FROM provider_account p WHERE ${isVisible} AND p.account = $2`;
