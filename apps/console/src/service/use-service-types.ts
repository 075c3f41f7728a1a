import { useQuery } from '@tanstack/react-query';
import { listServiceTypes } from '#contracts/client/sdk.gen.js';
import { ask } from './ask.js';

/** What a workshop offers; it changes once a year. */
export function useServiceTypes() {
  return useQuery({
    queryKey: ['service-types'],
    queryFn: async ({ signal }) =>
      (await ask(listServiceTypes({ query: { page_size: 100 }, signal }))).results,
    staleTime: 300_000,
  });
}
