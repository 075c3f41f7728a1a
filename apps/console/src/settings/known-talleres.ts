import { useQuery } from '@tanstack/react-query';
import { listTalleres } from '#contracts/client/sdk.gen.js';
import { ask } from '../service/ask.js';

/** Up to a hundred talleres, by name: for choosing one, and for naming one by its id. */
export function useTalleres() {
  return useQuery({
    queryKey: ['talleres', 'known'],
    queryFn: ({ signal }) => ask(listTalleres({ query: { page_size: 100 }, signal })),
    staleTime: 60_000,
    select: ({ results }) => results,
  });
}

/** By id, a taller's name; the id itself where it is not known. */
export function useTallerNames(): (id: string) => string {
  const { data = [] } = useTalleres();
  return (id) => data.find((taller) => taller.id === id)?.name ?? id;
}
