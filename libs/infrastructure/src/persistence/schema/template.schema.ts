import { EntitySchema } from 'typeorm';
import type { Channel, Target } from '#domain/catalog/channels.js';
import type { Table } from './table.js';

/** What a template is for. Its text stands in its versions. */
export interface TemplateRow {
  id: string;
  name: string;
  /** Never changes: the versions have the parts of this channel. */
  channel: Channel;
  target: Target;
  phase_id: string;
  service_type_id: string;
  /** Null: serves every subtype. */
  subtype_id: string | null;
  /** Null: serves every workshop. */
  taller_id: string | null;
  /** Null: serves every event. */
  event_type: string | null;
  is_active: boolean;
  current_version_id: string;
  created_at: Date;
  updated_at: Date;
}

const templateSchema = new EntitySchema<TemplateRow>({
  name: 'template',
  columns: {
    id: { type: 'uuid', primary: true },
    name: { type: 'text' },
    channel: { type: 'text' },
    target: { type: 'text' },
    phase_id: { type: 'uuid' },
    service_type_id: { type: 'uuid' },
    subtype_id: { type: 'uuid', nullable: true },
    taller_id: { type: 'uuid', nullable: true },
    event_type: { type: 'text', nullable: true },
    is_active: { type: 'boolean' },
    current_version_id: { type: 'uuid' },
    created_at: { type: 'timestamptz', createDate: true },
    updated_at: { type: 'timestamptz', updateDate: true },
  },
});

export const templateTable: Table<TemplateRow> = {
  schema: templateSchema,
  key: ['id'],
  audit: { resource: 'template' },
};
