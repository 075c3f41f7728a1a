import type { DataSource, EntityManager } from 'typeorm';
import type { ChannelSettingsView } from '#contracts/http/channel-settings.dto.js';
import type { ProviderHealth } from '#domain/ports/channel-sender.js';
import { type OwnSendersOptions, senderOf } from '#infrastructure/channels/own-senders.js';
import { sealPurpose } from '#infrastructure/channels/own-settings.js';
import { leaveLines } from '#infrastructure/persistence/accounts/leave-lines.js';
import {
  type ChannelSettingRow,
  channelSettingTable,
} from '#infrastructure/persistence/schema/channel-setting.schema.js';
import { tallerTable } from '#infrastructure/persistence/schema/taller.schema.js';
import { seal } from '#infrastructure/secrets/sealed-text.js';
import { type Caller, requireEveryTaller, requireTaller } from '../access/access.js';
import { badField, Problem } from '../http/problem.js';
import { found, requireMatch, type Writer } from '../http/writer.js';
import type { Writes } from '../http/writes.js';
import { settingsView } from './channel-settings.view.js';

type OwnChannel = ChannelSettingRow['channel'];

/** A workshop's own senders: their secrets are sealed on the way in, and never come out again. */
export class ChannelSettings {
  constructor(
    private readonly dataSource: DataSource,
    private readonly writes: Writes,
    private readonly options: OwnSendersOptions,
  ) {}

  async of(tallerId: string): Promise<ChannelSettingRow[]> {
    const { manager } = this.dataSource;
    found(await manager.findOneBy(tallerTable.schema, { id: tallerId }), 'workshop');
    return rowsOf(manager, tallerId);
  }

  /**
   * Makes or replaces the settings of one channel.
   *
   * @param secret undefined leaves the one that is there, null takes it away. For another server
   *   it must be said again: pointing the settings at one's own would read the kept one back.
   * @returns the settings of every channel, as they are now
   */
  async put(
    writer: Writer,
    tallerId: string,
    channel: OwnChannel,
    settings: ChannelSettingRow['settings'],
    secret: string | null | undefined,
  ): Promise<ChannelSettingsView> {
    requireEveryTaller(writer.caller);
    const sealed = secret ? await this.seal(tallerId, channel, secret) : secret;
    const key = { taller_id: tallerId, channel };
    return this.writes.run(writer, async (change) => {
      await holdAsSeen(change.manager, writer, tallerId);
      const changed = await change.update(channelSettingTable, key, (row) => {
        if (sealed === undefined) requireSameServer(row, settings);
        Object.assign(row, { settings, ...(sealed !== undefined && { sealed }) });
        requireKey(row);
      });
      if (!changed) {
        const row = { ...key, settings, sealed: sealed ?? null };
        requireKey(row);
        await change.insert(channelSettingTable, row);
      }
      await leaveLines(change.manager, tallerId, channel);
      return settingsView(await rowsOf(change.manager, tallerId));
    });
  }

  async remove(writer: Writer, tallerId: string, channel: OwnChannel): Promise<void> {
    requireEveryTaller(writer.caller);
    await this.writes.run(writer, async (change) => {
      await holdAsSeen(change.manager, writer, tallerId);
      const row = await change.remove(channelSettingTable, { taller_id: tallerId, channel });
      found(row, 'setting');
      await leaveLines(change.manager, tallerId, channel);
    });
  }

  /** Asks the provider whether it would take messages, by the settings that are stored. */
  async test(caller: Caller, tallerId: string, channel: OwnChannel): Promise<ProviderHealth> {
    requireTaller(caller, tallerId, 'workshop');
    const rows = await this.of(tallerId);
    const row = found(
      rows.find((each) => each.channel === channel),
      'setting',
    );
    const sender = await senderOf(row, this.options);
    try {
      return await sender.probe();
    } finally {
      await sender.close();
    }
  }

  private seal(tallerId: string, channel: OwnChannel, secret: string): Promise<string> {
    const [secretKey] = this.options.secretKeys;
    if (!secretKey) {
      throw new Problem('conflict', {
        detail: 'A secret cannot be kept: the service has no SECRET_KEY to encrypt it with.',
      });
    }
    return seal(secretKey, sealPurpose(tallerId, channel), secret);
  }
}

/**
 * Holds the workshop's row, so that of two who change its settings at once the second sees what the
 * first did, even where there were none; and refuses who has seen another state (412).
 */
async function holdAsSeen(manager: EntityManager, writer: Writer, tallerId: string): Promise<void> {
  const lock = { mode: 'pessimistic_write' } as const;
  const taller = await manager.findOne(tallerTable.schema, { where: { id: tallerId }, lock });
  found(taller, 'workshop');
  requireMatch(writer, settingsView(await rowsOf(manager, tallerId)));
}

function rowsOf(manager: EntityManager, tallerId: string): Promise<ChannelSettingRow[]> {
  return manager.findBy(channelSettingTable.schema, { taller_id: tallerId });
}

function requireSameServer(row: ChannelSettingRow, settings: ChannelSettingRow['settings']): void {
  if (row.sealed === null || serverOf(row.settings) === serverOf(settings)) return;
  const member = row.channel === 'email' ? 'password' : 'api_key';
  throw badField(member, 'must be given again for another server');
}

function serverOf(settings: ChannelSettingRow['settings']): string {
  return 'host' in settings ? settings.host.toLowerCase() : new URL(settings.api_url).origin;
}

/** Evolution API takes nothing without a key; a mail server may. */
function requireKey({ channel, sealed }: Pick<ChannelSettingRow, 'channel' | 'sealed'>): void {
  if (channel === 'whatsapp' && sealed === null) {
    throw badField('api_key', 'is needed the first time');
  }
}
