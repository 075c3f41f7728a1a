import { QueryClient } from '@tanstack/react-query';
import { ServiceProblem } from './ask.js';

/** What was refused is refused again; only silence and the service's own failures are asked again. */
function mayPass(error: unknown): boolean {
  return error instanceof ServiceProblem && (error.status === 0 || error.status >= 500);
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      retry: (failures, error) => failures < 2 && mayPass(error),
      staleTime: 10_000,
    },
    // Without a connection a save fails at once and says so, instead of waiting to be sent unseen.
    mutations: { retry: false, networkMode: 'always' },
  },
});
