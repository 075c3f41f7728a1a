import { useQuery } from '@tanstack/react-query';
import { client } from '#contracts/client/client.gen.js';
import { ask } from '../service/ask.js';
import type { ApiDocument } from './document/api-document.js';
import { type Resource, resourcesOf } from './document/resources.js';

/** Every resource that the running API's own document tells of; read once for each visit. */
export function useResources() {
  return useQuery({
    queryKey: ['api-document'],
    queryFn: async ({ signal }): Promise<Resource[]> => {
      const call = client.get<{ 200: ApiDocument }>({ url: '/api/schema/', signal });
      return resourcesOf(await ask(call));
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
}
