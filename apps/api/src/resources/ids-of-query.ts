import type { DataSource } from 'typeorm';
import type { Setup } from '#domain/orchestration/setup.js';
import { withIds } from '../http/with-ids.js';
import { tallerOfQuery } from './taller-of-query.js';

/** The filters by which a list's query names parts of the configuration, by slug or UUID. */
interface NamingQuery {
  service_type_id?: string;
  phase_id?: string;
  taller_id?: string;
}

/** Undefined where the query has no such filter; a workshop of null where it says `null`. */
export interface NamedIds {
  serviceTypeId: string | undefined;
  phaseId: string | undefined;
  tallerId: string | null | undefined;
}

/** The ids of what a list's filters name. A 400 tells what there is not. */
export async function idsOfQuery(
  setup: Setup,
  dataSource: DataSource,
  { service_type_id, phase_id, taller_id }: NamingQuery,
): Promise<NamedIds> {
  const ids = withIds(setup, { service_type_id, phase_id });
  return {
    serviceTypeId: ids.service_type_id,
    phaseId: ids.phase_id,
    tallerId: await tallerOfQuery(dataSource, taller_id),
  };
}
