import { useQuery } from '@tanstack/react-query';
import { listPhases } from '#contracts/client/sdk.gen.js';
import { ask } from '../../service/ask.js';

/** The phases of a visit, in their order. */
export function usePhases() {
  return useQuery({
    queryKey: ['phases'],
    queryFn: ({ signal }) => ask(listPhases({ query: { page_size: 100 }, signal })),
    staleTime: 60_000,
    select: ({ results }) => results,
  });
}
