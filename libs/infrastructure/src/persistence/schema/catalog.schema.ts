import { EntitySchema } from 'typeorm';

/** A phase, or a service type without its subtypes: both are kept alike. */
export interface CatalogRow {
  id: string;
  slug: string;
  name: string;
  /** Empty where none was chosen. */
  icon: string;
  order: number;
}

const columns = {
  id: { type: 'uuid', primary: true },
  slug: { type: 'text' },
  name: { type: 'text' },
  icon: { type: 'text' },
  order: { type: 'smallint' },
} as const;

export const phaseSchema = new EntitySchema<CatalogRow>({ name: 'phase', columns });
export const serviceTypeSchema = new EntitySchema<CatalogRow>({ name: 'service_type', columns });
