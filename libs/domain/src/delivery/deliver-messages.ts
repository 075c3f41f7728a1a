import type { Channel } from '../catalog/channels.js';
import type { ChannelSender } from '../ports/channel-sender.js';
import type { AccountToProbe, DeliveryLedger } from '../ports/delivery-ledger.js';
import type { TemplateLibrary } from '../ports/template-library.js';
import { AttemptMessage } from './attempt-message.js';
import { poisonousLosses } from './decide-next-step.js';
import type { DeliveryPolicies } from './delivery-policy.js';
import { Leases, leaseMs, settleMs } from './leases.js';
import type { Slots } from './slots.js';

/** What delivery needs to know of time and chance; both come from outside. */
export interface Chance {
  /** A clock that never goes back, in milliseconds. */
  monotonicMs(): number;
  /** From 0 (included) to 1 (excluded). */
  random(): number;
}

/** Sends claimed messages and writes down what came of it. */
export class DeliverMessages {
  private readonly leases: Leases;
  private readonly attempts: AttemptMessage;

  constructor(
    private readonly ledger: DeliveryLedger,
    private readonly senders: ReadonlyMap<Channel, ChannelSender>,
    templates: TemplateLibrary,
    policies: DeliveryPolicies,
    frontendUrl: string,
    private readonly chance: Chance,
  ) {
    this.leases = new Leases(() => chance.monotonicMs());
    const { leases } = this;
    this.attempts = new AttemptMessage({
      ledger,
      templates,
      policies,
      frontendUrl,
      chance,
      leases,
    });
  }

  /**
   * Delivers those of one channel's messages that are due. Claims only as many at a time as
   * `slots` has room for, so that no lease runs while a message waits for its turn. Resolves when
   * every attempt is recorded; throws the first failure once no attempt is under way any more.
   * Once the slots are closed it claims nothing more, and the rest of the messages stay queued.
   */
  async execute(channel: Channel, messageIds: readonly string[], slots: Slots): Promise<void> {
    const sender = this.senderOf(channel);
    const attempts: Promise<void>[] = [];
    const failures: unknown[] = [];
    // A failure is kept, not left pending: while the loop waits for slots nobody would hear of it.
    const keep = (error: unknown) => {
      failures.push(error);
    };
    for (let next = 0; next < messageIds.length; ) {
      const taken = await slots.take(messageIds.length - next);
      if (taken === 0) break;
      const ids = messageIds.slice(next, next + taken);
      next += taken;
      const startedMs = this.chance.monotonicMs();
      const claimed = await this.ledger.claim(ids, leaseMs, channel).catch(keep);
      slots.giveBack(taken - (claimed?.length ?? 0));
      if (!claimed) break;
      for (const message of claimed) {
        const attempt = this.attempts.run(sender, message, startedMs);
        attempts.push(attempt.catch(keep).finally(() => slots.giveBack(1)));
      }
    }
    await Promise.all(attempts);
    if (failures.length > 0) throw failures[0];
  }

  /** Keeps what is under way for as long as its calls take. To be called every few seconds. */
  renewLeases(): Promise<void> {
    return this.leases.renew((messages) => this.ledger.renew(messages, leaseMs));
  }

  /**
   * Settles messages whose sender died or hung between claim and record: nobody knows whether
   * the call was made, which is what `unknown` says. Gives back how many there were.
   */
  async settleLost(limit: number): Promise<number> {
    const lost = await this.ledger.takeOverLost(limit, leaseMs, settleMs);
    await Promise.all(
      lost.map((message) => {
        const isPoison = message.losses >= poisonousLosses;
        const code = isPoison ? 'poison' : 'worker_lost';
        const detail = isPoison
          ? `${message.losses} processes in a row ended while they held the message`
          : 'the process that held the message ended before it recorded an answer';
        return this.attempts.record(message, { kind: 'unknown', code, detail }, 0);
      }),
    );
    return lost.length;
  }

  /**
   * Tries one message that may be what its processes died of, with no other of its kind beside.
   * False when there is none.
   */
  async trySuspect(): Promise<boolean> {
    const startedMs = this.chance.monotonicMs();
    const message = await this.ledger.claimSuspect(leaseMs);
    if (!message) return false;
    await this.attempts.run(this.senderOf(message.channel), message, startedMs);
    return true;
  }

  /**
   * Asks accounts that failed whether they are back, each of them with one message that waits for
   * it. Resolves when all have answered.
   */
  async probeAccounts(): Promise<void> {
    const due = await this.ledger.takeProbes();
    await Promise.all(due.map((account) => this.probe(account)));
  }

  private async probe(account: AccountToProbe): Promise<void> {
    const sender = this.senders.get(account.channel);
    if (!sender) return;
    // Asking costs nobody a message. Who says no would have refused that, too.
    if (account.isHouse && !(await sender.probe()).healthy) return;
    const startedMs = this.chance.monotonicMs();
    const message = await this.ledger.claimProbe(account, leaseMs);
    if (message) await this.attempts.run(sender, message, startedMs);
  }

  private senderOf(channel: Channel): ChannelSender {
    const sender = this.senders.get(channel);
    if (!sender) throw new Error(`no sender is wired for channel ${channel}`);
    return sender;
  }
}
