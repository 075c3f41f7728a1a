import { useQuery } from '@tanstack/react-query';
import { listTemplates } from '#contracts/client/sdk.gen.js';
import type { TemplateView } from '#contracts/client/types.gen.js';
import { ask } from './ask.js';

/**
 * The active templates of a service type and target, whatever their phase and workshop.
 *
 * @param serviceType slug or UUID
 */
export function useActiveTemplates(serviceType: string, target: TemplateView['target']) {
  return useQuery({
    queryKey: ['templates', 'of', serviceType, target],
    queryFn: async ({ signal }) => {
      const query = { service_type_id: serviceType, target, is_active: true, page_size: 100 };
      const first = await ask(listTemplates({ query, signal }));
      const pages = Math.ceil(first.count / query.page_size);
      const others = Array.from({ length: Math.max(0, pages - 1) }, (_, index) =>
        ask(listTemplates({ query: { ...query, page: index + 2 }, signal })),
      );
      return [first, ...(await Promise.all(others))].flatMap(({ results }) => results);
    },
  });
}
