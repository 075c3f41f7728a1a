import { EntitySchema } from 'typeorm';
import type { Table } from './table.js';

/** A customer's vehicle. */
export interface VehicleRow {
  /** The core system's own. */
  id: string;
  customer_id: string;
  plate: string;
  make: string;
  model: string;
  year: number | null;
  created_at: Date;
  updated_at: Date;
}

const vehicleSchema = new EntitySchema<VehicleRow>({
  name: 'vehicle',
  columns: {
    id: { type: 'text', primary: true },
    customer_id: { type: 'text' },
    plate: { type: 'text' },
    make: { type: 'text' },
    model: { type: 'text' },
    year: { type: 'smallint', nullable: true },
    created_at: { type: 'timestamptz', createDate: true },
    updated_at: { type: 'timestamptz', updateDate: true },
  },
});

export const vehicleTable: Table<VehicleRow> = { schema: vehicleSchema, key: ['id'] };
