import { EntitySchema } from 'typeorm';
import type { Table } from './table.js';

/** A workshop. */
export interface TallerRow {
  id: string;
  slug: string;
  name: string;
  /** IANA zone, such as `America/Guayaquil`. */
  time_zone: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
  /** Days from the due date on which a reminder's notices are given; negative before it. */
  reminder_offsets_days: number[];
  /** `HH:MM` of the workshop's clock; null with `quiet_hours_to`, where it keeps none. */
  quiet_hours_from: string | null;
  quiet_hours_to: string | null;
  /** Days of its own (`YYYY-MM-DD`) that are quiet, beside those of its country. */
  holidays: string[];
  is_active: boolean;
  created_at: Date;
  updated_at: Date;
}

const tallerSchema = new EntitySchema<TallerRow>({
  name: 'taller',
  columns: {
    id: { type: 'uuid', primary: true },
    slug: { type: 'text' },
    name: { type: 'text' },
    time_zone: { type: 'text' },
    country: { type: 'char', length: 2 },
    reminder_offsets_days: { type: 'smallint', array: true },
    quiet_hours_from: { type: 'text', nullable: true },
    quiet_hours_to: { type: 'text', nullable: true },
    holidays: { type: 'text', array: true },
    is_active: { type: 'boolean' },
    created_at: { type: 'timestamptz', createDate: true },
    updated_at: { type: 'timestamptz', updateDate: true },
  },
});

export const tallerTable: Table<TallerRow> = {
  schema: tallerSchema,
  key: ['id'],
  audit: { resource: 'taller' },
};
