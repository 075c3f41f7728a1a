import { type Channel, channels } from '../catalog/channels.js';
import type { AdvanceGoal } from '../delivery/climb-ladder.js';
import { DeliverMessages } from '../delivery/deliver-messages.js';
import { deliveryPolicies } from '../delivery/delivery-policy.js';
import { unpaced } from '../delivery/pace.js';
import type { ReceiptKind } from '../delivery/receipts.js';
import { Slots } from '../delivery/slots.js';
import type { Rung } from '../dispatch/plan.js';
import { anAddressOn } from './builders.js';
import { InMemoryAccounts } from './in-memory-accounts.js';
import { InMemoryLedger } from './in-memory-ledger.js';
import { Onlooker } from './onlooker.js';
import { OneTextLibrary } from './plain-template-engine.js';
import { ProcessDied, SimulatedProviders } from './simulated-providers.js';
import type { Tape } from './tape.js';

export const policies = deliveryPolicies({ retries: 3, retryBaseMs: 5000, retryCapMs: 300_000 });

/** Few, as every sweep passes over all. */
const mostNotifications = 8;

const pairIntervalMs = 6000;

/** A message takes a few rounds for each of its attempts. */
const mostRounds = 5000;

/**
 * A few notifications on their way, two workers, and all that may come between: what happens next
 * is read from a tape. {@link wrong} collects what must not happen.
 */
export class SimulatedWorld {
  readonly ledger: InMemoryLedger;
  readonly providers: SimulatedProviders;
  readonly wrong: string[] = [];
  private interruptions = 0;
  private readonly workers: [DeliverMessages, DeliverMessages];
  private readonly ids: [string, ...string[]] = ['n0'];
  private count = 0;
  private readonly withdrawn = new Set<string>();
  /** Messages that came back once; some of them arrived for all that. */
  readonly bounced = new Set<string>();
  /** Receipts whose message was not recorded as sent when they came. */
  private waiting: { messageId: string; kind: ReceiptKind }[] = [];
  private standsStill: () => void = () => undefined;

  constructor(private readonly tape: Tape) {
    const accounts = tape.oneIn(2) ? new InMemoryAccounts() : null;
    if (accounts) accounts.paces.whatsapp = { ...unpaced, pairIntervalMs };
    this.ledger = new InMemoryLedger(accounts);
    const onlooker = new Onlooker(this.ledger.ladders, this.withdrawn, accounts?.paces ?? {});
    this.providers = new SimulatedProviders(tape, (message) => {
      this.wrong.push(...onlooker.look(message));
    });
    this.providers.onFreeze = () => this.standsStill();
    this.workers = [this.worker(), this.worker()];
    this.accept();
  }

  /** Lets things happen until the tape is over, and then, undisturbed, until all has ended. */
  async run(): Promise<void> {
    while (!this.tape.isOver) await this.step();
    for (let rounds = 0; this.isAnythingOpen(); rounds += 1) {
      if (rounds > mostRounds) {
        this.wrong.push('something never ends');
        return;
      }
      await this.sweepAll();
      for (const channel of channels) await this.deliver(channel);
      // What is due and did not leave waits for somebody who was written to a moment ago.
      this.goOnTo(Math.max(this.nextMoment(), this.ledger.nowMs + 1000));
    }
    const before = this.states();
    while (this.providers.thaw()) await turn();
    if (this.states() !== before) this.wrong.push('a late holder changed what had ended');
  }

  /** What happened: messages made, claims, records, stops, receipts, holds, the passing of time. */
  get steps(): number {
    const { messages, records } = this.ledger;
    const claims = [...messages.values()].reduce((sum, { fence }) => sum + fence, 0);
    return messages.size + claims + records.length + this.interruptions;
  }

  private async step(): Promise<void> {
    const { tape, ledger } = this;
    switch (tape.below(18)) {
      case 0:
      case 1:
      case 2:
      case 3:
      case 4:
        return this.deliver(tape.pick(channels));
      case 5:
      case 6:
        return this.goOnTo(this.nextMoment());
      case 7:
        return this.goOnTo(ledger.nowMs + tape.below(60_000));
      case 8:
        return this.sweepAll();
      case 9:
        return ledger.interruptions.advance();
      case 10:
        return this.stop();
      case 11:
        return this.withdraw();
      case 12:
      case 13:
        return this.receive();
      case 14:
        return this.park();
      case 15:
      case 16:
        return this.accept();
      default:
        return this.thaw();
    }
  }

  private accept(): void {
    const { tape, count } = this;
    if (count === mostNotifications) return;
    this.count += 1;
    if (count > 0) this.ids.push(`n${count}`);
    const validForMs = tape.oneIn(3) ? tape.fraction() * 300_000 : Number.POSITIVE_INFINITY;
    this.ledger.add(`n${count}`, this.ladder(), this.ledger.nowMs + validForMs);
  }

  private async thaw(): Promise<void> {
    if (!this.providers.thaw()) return;
    this.interruptions += 1;
    await turn();
  }

  private stop(): void {
    const { tape, ledger } = this;
    if (!tape.oneIn(8)) return;
    ledger.interruptions.stop(this.any(), tape.pick(['canceled', 'superseded']));
    this.interruptions += 1;
  }

  private async deliver(channel: Channel): Promise<void> {
    const due = this.ledger.dueOn(channel);
    if (due.length === 0) return;
    const twice = this.tape.oneIn(10);
    const runs = (twice ? this.workers : [this.tape.pick(this.workers)]).map((worker) =>
      worker.execute(channel, due, new Slots(64)),
    );
    await this.settle(runs);
  }

  /** What the workers' sweeps do. */
  private async sweepAll(): Promise<void> {
    const { ledger, tape } = this;
    const worker = tape.pick(this.workers);
    ledger.interruptions.expire();
    ledger.interruptions.advance();
    ledger.sweepAccounts();
    this.waiting = this.waiting.filter(({ messageId, kind }) => {
      const isTaken = ledger.interruptions.receive(messageId, kind);
      if (ledger.ladders.messageOf(messageId).state === 'bounced') this.bounced.add(messageId);
      return !isTaken;
    });
    if (tape.oneIn(2)) await worker.renewLeases();
    await worker.settleLost(1000);
    await this.settle([worker.trySuspect(), worker.probeAccounts()]);
  }

  /** Waits for what is under way, but not for a call that stands still. */
  private async settle(runs: readonly Promise<unknown>[]): Promise<void> {
    const calm = Promise.all(
      runs.map((run) =>
        run.catch((error: unknown) => {
          if (!(error instanceof ProcessDied)) this.wrong.push(String(error));
        }),
      ),
    );
    const freeze = new Promise<void>((resolve) => {
      this.standsStill = resolve;
    });
    await Promise.race([calm, freeze.then(turn)]);
  }

  private withdraw(): void {
    const { tape } = this;
    if (!tape.oneIn(8)) return;
    const [id, channel] = [this.any(), tape.pick<Channel>(channels)];
    this.ledger.interruptions.withdraw(id, channel);
    this.interruptions += 1;
    this.withdrawn.add(`${id} ${channel}`);
  }

  private receive(): void {
    const { tape, ledger } = this;
    const messages = ledger.ladders
      .messagesOf(this.any())
      .filter(({ id }) => this.providers.arrivals.has(id));
    const message = messages[tape.below(Math.max(1, messages.length))];
    if (!message) return;
    const kind = tape.pick<ReceiptKind>(['delayed', 'delivered', 'read', 'bounced']);
    const before = message.state;
    const isTaken = ledger.interruptions.receive(message.id, kind);
    if (message.state !== before) this.interruptions += 1;
    if (message.state === 'bounced') this.bounced.add(message.id);
    if (!isTaken) this.waiting.push({ messageId: message.id, kind });
  }

  /** As quiet hours do. */
  private park(): void {
    for (const message of this.ledger.ladders.messagesOf(this.any())) {
      if (message.state !== 'queued') continue;
      const byMs = this.tape.below(600_000);
      const untilMs = Math.min(message.dueAtMs + byMs, message.validUntilMs);
      if (message.advanceAtMs !== null) message.advanceAtMs += untilMs - message.dueAtMs;
      message.dueAtMs = untilMs;
      this.interruptions += 1;
    }
  }

  private worker(): DeliverMessages {
    const chance = {
      monotonicMs: () => this.ledger.nowMs,
      random: () => this.tape.fraction(),
    };
    const library = new OneTextLibrary({});
    const house = 'https://app.example.com';
    return new DeliverMessages(
      this.ledger,
      this.providers.senders,
      library,
      policies,
      house,
      chance,
    );
  }

  private ladder(): Rung[] {
    const { tape } = this;
    const first = tape.below(3);
    const order = [...channels.slice(first), ...channels.slice(0, first)];
    return order.slice(0, 1 + tape.below(3)).map((channel) => ({
      channel,
      templateVersionId: `${channel}-v1`,
      addresses: Array.from({ length: channel === 'push' ? 1 + tape.below(3) : 1 }, (_, device) =>
        anAddressOn(channel, device),
      ),
      ...(tape.oneIn(2)
        ? {
            advanceAfterMs: 60_000 + tape.below(240_000),
            advanceUntil: tape.pick<AdvanceGoal>(['sent', 'delivered', 'read']),
          }
        : {}),
    }));
  }

  private any(): string {
    return this.tape.pick(this.ids);
  }

  private isAnythingOpen(): boolean {
    return this.waiting.length > 0 || Number.isFinite(this.nextMoment());
  }

  /** When the next thing is due; infinite when nothing is. */
  private nextMoment(): number {
    let next = Number.POSITIVE_INFINITY;
    for (const kept of this.ledger.messages.values()) {
      const { state, dueAtMs, leaseUntilMs, advanceAtMs } = kept;
      if (state === 'queued') next = Math.min(next, dueAtMs);
      if (state === 'sending') next = Math.min(next, leaseUntilMs + 1);
      if (advanceAtMs !== null) next = Math.min(next, advanceAtMs);
    }
    return next;
  }

  private goOnTo(moment: number): void {
    if (!Number.isFinite(moment) || moment <= this.ledger.nowMs) return;
    this.ledger.nowMs = moment;
    this.interruptions += 1;
  }

  private states(): string {
    const { messages, ladders } = this.ledger;
    return [...messages.values(), ...ladders.notifications.values()]
      .map(({ id, state }) => `${id} ${state}`)
      .join();
  }
}

/** One turn of the event loop, after which all that waits for nothing has gone on. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
