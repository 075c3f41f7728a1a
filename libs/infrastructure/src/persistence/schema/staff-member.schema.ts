import { EntitySchema } from 'typeorm';
import type { Table } from './table.js';

/** One who works in a workshop; the phases that he follows and his preferences are apart. */
export interface StaffMemberRow {
  id: string;
  taller_id: string;
  name: string;
  email: string | null;
  /** E.164. */
  phone: string | null;
  is_active: boolean;
  created_at: Date;
  updated_at: Date;
}

const staffMemberSchema = new EntitySchema<StaffMemberRow>({
  name: 'staff_member',
  columns: {
    id: { type: 'uuid', primary: true },
    taller_id: { type: 'uuid' },
    name: { type: 'text' },
    email: { type: 'text', nullable: true },
    phone: { type: 'text', nullable: true },
    is_active: { type: 'boolean' },
    created_at: { type: 'timestamptz', createDate: true },
    updated_at: { type: 'timestamptz', updateDate: true },
  },
});

export const staffMemberTable: Table<StaffMemberRow> = { schema: staffMemberSchema, key: ['id'] };
