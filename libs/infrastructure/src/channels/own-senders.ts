import type { DataSource } from 'typeorm';
import type { ChannelSender } from '#domain/ports/channel-sender.js';
import {
  type ChannelSettingRow,
  channelSettingTable,
} from '../persistence/schema/channel-setting.schema.js';
import { unseal } from '../secrets/sealed-text.js';
import { EvolutionSender } from './evolution/evolution-sender.js';
import {
  type EvolutionSettings,
  evolutionConfiguration,
  type SmtpSettings,
  sealPurpose,
  smtpConfiguration,
} from './own-settings.js';
import { SmtpSender } from './smtp/smtp-sender.js';

/** A change of a workshop's settings counts within this time. */
const rereadAfterMs = 5000;

export interface OwnSendersOptions {
  /** The key in force and, while it is being replaced, the one before. */
  secretKeys: readonly string[];
  evolutionTimeoutMs: number;
}

/** The senders of workshops with channel settings of their own, made when first needed. */
export class OwnSenders {
  private rows = new Map<string, ChannelSettingRow>();
  private readonly senders = new Map<string, { updatedAt: number; sender: ChannelSender }>();
  private reading: Promise<void> | undefined;
  private readAtMs = -Infinity;

  constructor(
    private readonly dataSource: DataSource,
    private readonly options: OwnSendersOptions,
  ) {}

  /**
   * The workshop's own sender; undefined where the environment's serves. Throws when the settings
   * have never been read or their secret does not open. An outage later leaves those known before.
   */
  async find(channel: string, tallerId: string): Promise<ChannelSender | undefined> {
    await this.reread();
    const name = `${tallerId} ${channel}`;
    const row = this.rows.get(name);
    const known = this.senders.get(name);
    if (known && known.updatedAt === row?.updated_at.getTime()) return known.sender;
    // Calls under way end first; nobody waits for that.
    if (known && this.senders.delete(name)) void known.sender.close();
    if (!row) return undefined;
    const sender = await senderOf(row, this.options);
    this.senders.set(name, { updatedAt: row.updated_at.getTime(), sender });
    return sender;
  }

  async close(): Promise<void> {
    await Promise.all([...this.senders.values()].map(({ sender }) => sender.close()));
  }

  private async reread(): Promise<void> {
    if (performance.now() - this.readAtMs < rereadAfterMs) return;
    this.reading ??= this.read().finally(() => {
      this.reading = undefined;
    });
    const neverRead = this.readAtMs === -Infinity;
    await (neverRead ? this.reading : this.reading.catch(() => undefined));
  }

  private async read(): Promise<void> {
    const rows = await this.dataSource.manager.find(channelSettingTable.schema);
    this.rows = new Map(rows.map((row) => [`${row.taller_id} ${row.channel}`, row]));
    this.readAtMs = performance.now();
  }
}

/** The sender that a row describes. Throws `SealBroken` when its secret does not open. */
export async function senderOf(
  { taller_id, channel, settings, sealed }: ChannelSettingRow,
  { secretKeys, evolutionTimeoutMs }: OwnSendersOptions,
): Promise<ChannelSender> {
  const secret =
    sealed === null ? null : await unseal(secretKeys, sealPurpose(taller_id, channel), sealed);
  return isEvolution(settings)
    ? new EvolutionSender(evolutionConfiguration(settings, secret ?? '', evolutionTimeoutMs))
    : new SmtpSender(smtpConfiguration(settings, secret));
}

function isEvolution(settings: SmtpSettings | EvolutionSettings): settings is EvolutionSettings {
  return 'api_url' in settings;
}
