import type { Channel } from '#domain/catalog/channels.js';
import type { ChannelSender } from '#domain/ports/channel-sender.js';
import type { OwnSenders } from './own-senders.js';

/** Whether a provider answers, as of a moment ago. */
export interface ProviderCheck {
  answers: boolean;
  /** In a few words, without secrets or addresses. */
  detail: string;
  checkedAt: Date;
}

export interface ProviderCheckLimits {
  /** Who has not answered in this time does not answer. */
  timeoutMs: number;
  /** However many ask, a provider is called no more often than this. */
  believedForMs: number;
}

const defaultLimits: ProviderCheckLimits = { timeoutMs: 3000, believedForMs: 30_000 };

/** Asks providers whether they would take messages now. Nothing is sent to anybody. */
export class ProviderChecks {
  private readonly known = new Map<string, { at: number; check: Promise<ProviderCheck> }>();

  constructor(
    private readonly house: ReadonlyMap<Channel, ChannelSender>,
    private readonly own: OwnSenders,
    private readonly limits: ProviderCheckLimits = defaultLimits,
  ) {}

  /**
   * Never rejects; that a provider cannot be asked is an answer too.
   *
   * @param tallerId whose provider, where the workshop has one of its own; null: the house's
   */
  check(channel: Channel, tallerId: string | null): Promise<ProviderCheck> {
    const name = `${channel} ${tallerId ?? ''}`;
    const last = this.known.get(name);
    if (last && performance.now() - last.at < this.limits.believedForMs) return last.check;
    const check = this.ask(channel, tallerId);
    this.known.set(name, { at: performance.now(), check });
    return check;
  }

  /** Lets go of connections. Nest calls it when the process stops. */
  async onModuleDestroy(): Promise<void> {
    await Promise.all([
      ...[...this.house.values()].map((sender) => sender.close()),
      this.own.close(),
    ]);
  }

  private async ask(channel: Channel, tallerId: string | null): Promise<ProviderCheck> {
    const { timeoutMs } = this.limits;
    let timer: NodeJS.Timeout | undefined;
    const silence = new Promise<{ healthy: boolean; detail: string }>((resolve) => {
      const detail = `no answer within ${timeoutMs} ms`;
      timer = setTimeout(() => resolve({ healthy: false, detail }), timeoutMs);
    });
    const probe = this.senderOf(channel, tallerId)
      .then((sender) => sender?.probe() ?? { healthy: false, detail: 'there is no sender' })
      .catch(() => ({ healthy: false, detail: 'the provider cannot be asked' }));
    const { healthy, detail } = await Promise.race([probe, silence]);
    clearTimeout(timer);
    return { answers: healthy, detail, checkedAt: new Date() };
  }

  private async senderOf(
    channel: Channel,
    tallerId: string | null,
  ): Promise<ChannelSender | undefined> {
    const own = tallerId === null ? undefined : await this.own.find(channel, tallerId);
    return own ?? this.house.get(channel);
  }
}
