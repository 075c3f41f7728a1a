import { useQuery } from '@tanstack/react-query';
import { getCatalog, listTalleres } from '#contracts/client/sdk.gen.js';
import { ask } from '../service/ask.js';

interface Choice {
  value: string;
  label: string;
}

/** Service types, phases and workshops by slug, with their names; empty until they are there. */
export function usePlaces() {
  const catalog = useQuery({
    queryKey: ['catalog'],
    queryFn: ({ signal }) => ask(getCatalog({ signal })),
    staleTime: 60_000,
  });
  const talleres = useQuery({
    queryKey: ['talleres', 'all'],
    queryFn: ({ signal }) => ask(listTalleres({ signal, query: { page_size: 100 } })),
    staleTime: 60_000,
  });
  const services = catalog.data?.service_types ?? [];
  const places = {
    services: services.map(choice),
    phases: (catalog.data?.phases ?? []).map(choice),
    talleres: (talleres.data?.results ?? []).map(choice),
    subtypesOf: (slug: string) =>
      (services.find((service) => service.slug === slug)?.subtypes ?? []).map(choice),
  };
  return {
    ...places,
    nameOf: (of: keyof Omit<typeof places, 'subtypesOf'>, slug: string) => named(places[of], slug),
  };
}

function choice({ slug, name }: { slug: string; name: string }): Choice {
  return { value: slug, label: name };
}

function named(choices: readonly Choice[], slug: string): string {
  return choices.find(({ value }) => value === slug)?.label ?? slug;
}
