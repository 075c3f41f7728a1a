import { EntitySchema } from 'typeorm';
import type { Target } from '#domain/catalog/channels.js';
import type { Table } from './table.js';

/** Which channels fire in which phase, for one service type and target; the cells are apart. */
export interface OrchestrationConfigRow {
  id: string;
  service_type_id: string;
  target: Target;
  /** Null: for every workshop without a configuration of its own. */
  taller_id: string | null;
  is_active: boolean;
  created_at: Date;
  updated_at: Date;
}

const orchestrationConfigSchema = new EntitySchema<OrchestrationConfigRow>({
  name: 'orchestration_config',
  columns: {
    id: { type: 'uuid', primary: true },
    service_type_id: { type: 'uuid' },
    target: { type: 'text' },
    taller_id: { type: 'uuid', nullable: true },
    is_active: { type: 'boolean' },
    created_at: { type: 'timestamptz', createDate: true },
    updated_at: { type: 'timestamptz', updateDate: true },
  },
});

/** What the audit trail calls a configuration, its cells included. */
export const orchestrationResource = 'orchestration';

export const orchestrationConfigTable: Table<OrchestrationConfigRow> = {
  schema: orchestrationConfigSchema,
  key: ['id'],
  audit: { resource: orchestrationResource },
};
