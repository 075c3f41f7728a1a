import { EntitySchema } from 'typeorm';

/** One change, as the audit trail keeps it for good. */
export interface AuditEntryRow {
  id: string;
  at: Date;
  author_id: string;
  author_name: string;
  request_id: string | null;
  action: string;
  resource: string;
  resource_id: string;
  /** Null: of all workshops. */
  taller_id: string | null;
  /** Member to [before, after]. */
  changes: Record<string, [unknown, unknown]>;
}

export const auditEntrySchema = new EntitySchema<AuditEntryRow>({
  name: 'audit_entry',
  columns: {
    id: { type: 'uuid', primary: true },
    at: { type: 'timestamptz' },
    author_id: { type: 'text' },
    author_name: { type: 'text' },
    request_id: { type: 'text', nullable: true },
    action: { type: 'text' },
    resource: { type: 'text' },
    resource_id: { type: 'text' },
    taller_id: { type: 'uuid', nullable: true },
    changes: { type: 'jsonb' },
  },
});
