import { useQuery } from '@tanstack/react-query';
import { getOrchestration, listOrchestrations } from '#contracts/client/sdk.gen.js';
import type {
  OrchestrationView,
  ServiceTypeView,
  TallerView,
} from '#contracts/client/types.gen.js';
import { ask } from '../service/ask.js';
import { askTagged } from '../service/tagged.js';

/** Whose matrix is looked at; without a workshop, that of all who have none of their own. */
export interface Choice {
  serviceType: ServiceTypeView;
  target: OrchestrationView['target'];
  taller: TallerView | null;
}

/** The configurations that a choice may be served by; at most one of each kind exists. */
export interface Configurations {
  own: OrchestrationView | null;
  global: OrchestrationView | null;
}

/** All queries of the matrix begin so, and are asked again together after a change. */
export const configurationsKey = ['orchestrations'];

export function useConfigurations({ serviceType, target, taller }: Choice) {
  return useQuery({
    queryKey: [...configurationsKey, serviceType.id, target, taller?.id ?? null],
    queryFn: async ({ signal }): Promise<Configurations> => {
      const find = async (tallerId: string) => {
        const query = { service_type_id: serviceType.id, target, taller_id: tallerId };
        const { results } = await ask(listOrchestrations({ query, signal }));
        return results[0] ?? null;
      };
      const [own, global] = await Promise.all([taller ? find(taller.id) : null, find('null')]);
      return { own, global };
    },
  });
}

export const taggedKey = (id: string) => [...configurationsKey, 'one', id];

/** One configuration with its tag, under which a change of it can be made. */
export function useTaggedConfiguration(id: string) {
  return useQuery({
    queryKey: taggedKey(id),
    queryFn: ({ signal }) => askTagged(getOrchestration({ path: { id }, signal })),
    staleTime: 0,
  });
}
