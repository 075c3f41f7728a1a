import { useQuery } from '@tanstack/react-query';
import { listPhases, listServiceTypes, listTalleres } from '#contracts/client/sdk.gen.js';
import type { PhaseView, ServiceTypeView, TallerView } from '#contracts/client/types.gen.js';
import { ask } from './ask.js';

/** What a workshop does, step by step, and where. */
export interface Catalog {
  phases: PhaseView[];
  serviceTypes: ServiceTypeView[];
  talleres: TallerView[];
}

/** They change once a year; a screen that stays open asks again after five minutes. */
const staleTime = 300_000;

export function useCatalog() {
  return useQuery({
    queryKey: ['catalog', 'lists'],
    staleTime,
    queryFn: async ({ signal }): Promise<Catalog> => {
      const query = { page_size: 100 };
      const [phases, serviceTypes, talleres] = await Promise.all([
        ask(listPhases({ query, signal })),
        ask(listServiceTypes({ query, signal })),
        ask(listTalleres({ query, signal })),
      ]);
      return {
        phases: phases.results,
        serviceTypes: serviceTypes.results,
        talleres: talleres.results,
      };
    },
  });
}
