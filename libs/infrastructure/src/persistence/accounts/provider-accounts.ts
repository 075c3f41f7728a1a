import type { DataSource } from 'typeorm';
import type { Channel } from '#domain/catalog/channels.js';
import { afterCalls, afterProbe, type Breaker } from '#domain/delivery/breaker.js';
import { type Pace, unpaced } from '#domain/delivery/pace.js';
import {
  block,
  freshAccount,
  isFailureOfProvider,
  type ProviderAccount,
  reportOf,
} from '#domain/delivery/provider-account.js';
import type { AttemptResult } from '#domain/ports/delivery-ledger.js';
import { addAccountNotices } from '../inbox/add-notices.js';
import { lockAccounts, saveAccounts } from './account-rows.js';
import { CallCounts, type Count, keyOf } from './call-counts.js';
import type { Gate } from './claim-admitted.js';

interface GatedRow {
  channel: string;
  gated: boolean;
  busy: boolean;
}

export type Paces = Readonly<Partial<Record<Channel, Pace>>>;

/** A breaker that opened or closed, told by the one process that moved it. */
export interface AccountNews {
  account: string;
  breaker: Breaker;
}

/**
 * What this process knows of provider accounts. They live in the database and are read once a
 * second; how calls end is written there only when some of them failed.
 */
export class ProviderAccounts {
  private readonly counts = new CallCounts();
  private gated: ReadonlySet<string> = new Set();
  private watched: ReadonlySet<string> = new Set();
  private writing: Promise<void> = Promise.resolve();
  private tell: (news: AccountNews) => void = () => undefined;

  /** @param paces how fast each account of a channel may be used; as fast as it goes by default */
  constructor(
    private readonly dataSource: DataSource,
    private readonly paces: Paces = {},
  ) {}

  /** Who wants to hear when a breaker opens or closes. */
  onNews(tell: (news: AccountNews) => void): void {
    this.tell = tell;
  }

  paceOf(channel: string): Pace {
    return Object.entries(this.paces).find(([name]) => name === channel)?.[1] ?? unpaced;
  }

  /** What claims of a channel have to look at; null while they may simply claim. */
  gateOf(channel: Channel): Gate | null {
    const pace = this.paceOf(channel);
    const hasGatedAccount = this.gated.has(channel);
    const hasTurns = pace.perMinute !== null || pace.perDay !== null;
    return hasTurns || hasGatedAccount || pace.pairIntervalMs > 0
      ? { channel, pace, hasTurns, hasGatedAccount }
      : null;
  }

  /** Counts an attempt that was recorded. Resolves when who must know has been told. */
  async note(result: AttemptResult): Promise<void> {
    if (result.message.probe) {
      await this.noteProbe(result);
      return;
    }
    if (this.counts.add(result)) await this.write();
  }

  /**
   * Writes down what calls came to, and reads which accounts are gated. Gives back whether any has
   * messages to be parked, asked with or let out.
   */
  async refresh(): Promise<boolean> {
    await this.write();
    const rows = await this.dataSource.query<GatedRow[]>(
      `SELECT channel, gated_until > clock_timestamp() AS gated,
         state <> 'closed' OR has_parked AS busy
       FROM provider_account
       WHERE greatest(gated_until, watched_until) > clock_timestamp() OR has_parked`,
    );
    this.gated = new Set(rows.filter(({ gated }) => gated).map(({ channel }) => channel));
    this.watched = new Set(rows.map(({ channel }) => channel));
    return rows.some(({ busy }) => busy);
  }

  /** One after the other; what fails is kept for the next time. */
  private write(): Promise<void> {
    const writing = this.writing.then(async () => {
      const counts = this.counts.take(this.watched);
      if (counts.length === 0) return;
      try {
        await this.change(counts, (account, count, nowMs) => {
          const breaker = afterCalls(account.breaker, count.report, nowMs);
          const counted = { ...account, breaker };
          return count.blockForMs > 0 ? block(counted, count.blockForMs, nowMs) : counted;
        });
      } catch {
        // The database is away; what was counted is as true later.
        this.counts.putBack(counts);
      }
    });
    this.writing = writing;
    return writing;
  }

  private async noteProbe({ message, outcome }: AttemptResult): Promise<void> {
    const told = reportOf(message, outcome);
    if (!told) return;
    const { report, blockForMs } = told;
    const count = { key: keyOf(message), report, blockForMs, sinceMs: 0 };
    const result = isFailureOfProvider(outcome) ? 'failed' : 'succeeded';
    const noted = this.change([count], (account, _, nowMs) => {
      const breaker = afterProbe(account.breaker, result, report.lastFailure, nowMs);
      const isBack = breaker.state === 'closed' && account.breaker.state !== 'closed';
      const rampFromMs = isBack ? nowMs : account.line.rampFromMs;
      const line = isBack ? { ...account.line, rampFromMs, nextAtMs: nowMs } : account.line;
      const probed = { ...account, breaker, line };
      return blockForMs > 0 ? block(probed, blockForMs, nowMs) : probed;
    });
    // Should it be lost, the next probe comes in half a minute.
    await noted.catch(() => undefined);
  }

  /** Changes accounts under their locks, and tells which breakers moved. */
  private async change(
    counts: readonly Count[],
    apply: (account: ProviderAccount, count: Count, nowMs: number) => ProviderAccount,
  ): Promise<void> {
    const news: AccountNews[] = [];
    await this.dataSource.transaction(async (manager) => {
      const named = await manager.query<{ account: string }[]>(
        `SELECT provider_account_of(channel, taller, origin) AS account
         FROM unnest($1::text[], $2::uuid[], $3::text[]) WITH ORDINALITY
           AS k(channel, taller, origin, place)
         ORDER BY place`,
        [
          counts.map(({ key }) => key.channel),
          counts.map(({ key }) => key.tallerId),
          counts.map(({ key }) => key.endpointOrigin),
        ],
      );
      const names = named.map(({ account }) => account);
      const { accounts, nowMs } = await lockAccounts(manager, names, true);
      const before = new Map(accounts);
      for (const [index, count] of counts.entries()) {
        const name = names[index] ?? '';
        accounts.set(name, apply(accounts.get(name) ?? freshAccount, count, nowMs));
      }
      await saveAccounts(manager, accounts, nowMs);
      for (const [account, { breaker }] of accounts) {
        const was = before.get(account)?.breaker.state ?? 'closed';
        if ((was === 'closed') !== (breaker.state === 'closed')) news.push({ account, breaker });
      }
      await addAccountNotices(manager, news);
    });
    // From now on this process looks before it claims, without waiting for the next reading.
    this.gated = new Set([
      ...this.gated,
      ...news.map(({ account }) => account.split(':')[0] ?? ''),
      ...counts.filter(({ blockForMs }) => blockForMs > 0).map(({ key }) => key.channel),
    ]);
    for (const one of news) this.tell(one);
  }
}
