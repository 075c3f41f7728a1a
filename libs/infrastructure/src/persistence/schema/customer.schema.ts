import { EntitySchema } from 'typeorm';
import type { Table } from './table.js';

/** A workshop's customer. */
export interface CustomerRow {
  /** The core system's own. */
  id: string;
  name: string;
  email: string | null;
  /** E.164. */
  phone: string | null;
  taller_id: string | null;
  created_at: Date;
  updated_at: Date;
}

const customerSchema = new EntitySchema<CustomerRow>({
  name: 'customer',
  columns: {
    id: { type: 'text', primary: true },
    name: { type: 'text' },
    email: { type: 'text', nullable: true },
    phone: { type: 'text', nullable: true },
    taller_id: { type: 'uuid', nullable: true },
    created_at: { type: 'timestamptz', createDate: true },
    updated_at: { type: 'timestamptz', updateDate: true },
  },
});

export const customerTable: Table<CustomerRow> = { schema: customerSchema, key: ['id'] };
