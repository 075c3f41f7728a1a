import { channels } from '#domain/catalog/channels.js';
import type { Arena } from './arena.js';
import type { CrashPoint } from './crash-points/catalogue.js';

/** A third of the calls at the load of crash points: as a rule too few to open a breaker. */
const fewRefusals = channels.map((channel) => ({
  channel,
  kind: 'unavailable',
  times: 2,
  retryAfterSeconds: 1,
}));
const refuseAgainMs = 500;

/**
 * Refusals for as long as some process is to come by a point that takes them. What were left of
 * them would fail the probes of an account that they have opened; and while one is open, nobody
 * comes by the points of its calls, so it is closed by hand, as staff do after a repair.
 */
export class Refusals {
  private wanted = 0;

  constructor(private readonly arena: Arena) {}

  async during<T>({ needsRetries }: CrashPoint, work: () => Promise<T>): Promise<T> {
    if (!needsRetries) return work();
    this.wanted += 1;
    // Until this process is ready, others meet what there is.
    const again = setInterval(() => void this.refuse().catch(() => undefined), refuseAgainMs);
    try {
      return await work();
    } finally {
      clearInterval(again);
      this.wanted -= 1;
      if (this.wanted === 0) {
        await this.arena.world.fail();
        await this.letOut();
      }
    }
  }

  private async refuse(): Promise<void> {
    const isOpen = await this.letOut();
    if (!isOpen && this.wanted > 0) await this.arena.world.fail(...fewRefusals);
  }

  /** Closes what is open; false where nothing is. */
  private async letOut(): Promise<boolean> {
    const { database, load } = this.arena;
    const { rows } = await database.query<{ account: string }>(
      `SELECT account FROM provider_account WHERE state <> 'closed'`,
    );
    for (const { account } of rows) {
      const path = `/api/v1/notifications/provider-accounts/${encodeURIComponent(account)}/reset/`;
      await fetch(load.options.apiUrls[0] + path, { method: 'POST' });
    }
    return rows.length > 0;
  }
}
