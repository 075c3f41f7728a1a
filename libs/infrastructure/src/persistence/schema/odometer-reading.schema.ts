import { EntitySchema } from 'typeorm';
import type { Table } from './table.js';

/** What a vehicle's odometer showed on a day; the latest word on that day. */
export interface OdometerReadingRow {
  vehicle_id: string;
  /** `YYYY-MM-DD`. */
  read_on: string;
  km: number;
  /** The other readings contradict it, so no projection rests on it. */
  is_doubtful: boolean;
  created_at: Date;
  updated_at: Date;
}

const odometerReadingSchema = new EntitySchema<OdometerReadingRow>({
  name: 'odometer_reading',
  columns: {
    vehicle_id: { type: 'text', primary: true },
    read_on: { type: 'date', primary: true },
    km: { type: 'integer' },
    is_doubtful: { type: 'boolean' },
    created_at: { type: 'timestamptz', createDate: true },
    updated_at: { type: 'timestamptz', updateDate: true },
  },
});

export const odometerReadingTable: Table<OdometerReadingRow> = {
  schema: odometerReadingSchema,
  key: ['vehicle_id', 'read_on'],
};
