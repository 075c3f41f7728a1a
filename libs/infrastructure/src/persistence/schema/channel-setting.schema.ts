import { EntitySchema } from 'typeorm';
import type { EvolutionSettings, SmtpSettings } from '../../channels/own-settings.js';
import type { Table } from './table.js';

/** A workshop's own sender of a channel. */
export interface ChannelSettingRow {
  taller_id: string;
  channel: 'email' | 'whatsapp';
  settings: SmtpSettings | EvolutionSettings;
  /** Its password or key, sealed; null where it has none. */
  sealed: string | null;
  created_at: Date;
  updated_at: Date;
}

export const channelSettingTable: Table<ChannelSettingRow> = {
  schema: new EntitySchema<ChannelSettingRow>({
    name: 'channel_setting',
    columns: {
      taller_id: { type: 'uuid', primary: true },
      channel: { type: 'text', primary: true },
      settings: { type: 'jsonb' },
      sealed: { type: 'text', nullable: true },
      created_at: { type: 'timestamptz', createDate: true },
      updated_at: { type: 'timestamptz', updateDate: true },
    },
  }),
  key: ['taller_id', 'channel'],
  audit: { resource: 'channel_setting', secret: ['sealed'] },
};
