import { Injectable, Logger } from '@nestjs/common';
import { DeliverMessages } from '#domain/delivery/deliver-messages.js';
import { AccountLine } from '#infrastructure/persistence/accounts/account-line.js';
import {
  type AccountNews,
  ProviderAccounts,
} from '#infrastructure/persistence/accounts/provider-accounts.js';
import { Sweep } from '../sweep.js';

/** Between two looks at the accounts. */
const intervalMs = 1000;
/** Rounds between two clearings of what is only needed for seconds. */
const roundsToForget = 60;

/**
 * Keeps an eye on the provider accounts: reads which are gated, parks what waits for one that
 * fails, asks it in its time whether it is back, and lets its messages out in turn. And tries the
 * messages that two processes did not outlive, one at a time.
 */
@Injectable()
export class AccountRelay {
  readonly sweep: Sweep;
  private readonly logger = new Logger('AccountRelay');
  private readonly underWay = new Map<string, Promise<void>>();
  private rounds = 0;

  constructor(
    private readonly accounts: ProviderAccounts,
    private readonly line: AccountLine,
    private readonly deliver: DeliverMessages,
  ) {
    this.sweep = new Sweep('accounts', intervalMs, () => this.round());
    accounts.onNews((news) => this.tell(news));
  }

  /**
   * Resolves when the accounts were read once. Until then nothing may be claimed: a worker that
   * starts during an outage would call the provider with full hands. If they cannot be read, the
   * first round says so.
   */
  async start(): Promise<void> {
    await this.accounts.refresh().catch(() => undefined);
    this.sweep.start();
  }

  /** Resolves when the probes under way have answered. */
  async close(): Promise<void> {
    await this.sweep.close();
    await Promise.all(this.underWay.values());
  }

  private async round(): Promise<boolean> {
    if (await this.accounts.refresh()) {
      await this.line.park();
      await this.line.release();
      this.beside('probe', () => this.deliver.probeAccounts());
    }
    this.beside('suspect', () => this.trySuspects());
    this.rounds += 1;
    if (this.rounds % roundsToForget === 0) await this.line.forgetPairs();
    return false;
  }

  /**
   * Beside the rounds, for a provider that is down may take its time to say so; each kind of work
   * once at a time.
   */
  private beside(name: string, work: () => Promise<void>): void {
    if (this.underWay.has(name)) return;
    const done = work()
      .catch((error) => this.logger.warn({ msg: `a ${name} failed`, error: String(error) }))
      .finally(() => this.underWay.delete(name));
    this.underWay.set(name, done);
  }

  private async trySuspects(): Promise<void> {
    while (await this.deliver.trySuspect());
  }

  /** Once for each opening, by the process that found it. */
  private tell({ account, breaker }: AccountNews): void {
    if (breaker.state === 'closed') {
      this.logger.log({ msg: 'a provider account takes messages again', account });
      return;
    }
    const { misconfigured, lastFailure } = breaker;
    this.logger.error({
      msg: 'a provider account fails; its messages wait, and use up no attempts',
      account,
      misconfigured,
      code: lastFailure?.code,
      detail: lastFailure?.detail,
    });
  }
}
