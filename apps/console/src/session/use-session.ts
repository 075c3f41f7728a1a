import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { getSession } from '#contracts/client/sdk.gen.js';
import type { SessionView } from '#contracts/client/types.gen.js';
import { ask } from '../service/ask.js';

export const sessionKey = ['session'];

export const sessionQuery = queryOptions({
  queryKey: sessionKey,
  queryFn: ({ signal }) => ask(getSession({ signal })),
  // Asked again whenever the window is looked at: another tab may have signed in or out.
  staleTime: 2000,
});

/** Who is signed in, how one signs in, and which channels reach nobody. */
export function useSession() {
  return useQuery(sessionQuery);
}

/** Lets in whoever signed in just now: what had failed for want of a session is asked again. */
export function useWelcome(): (session: SessionView) => void {
  const queries = useQueryClient();
  return (session) => {
    queries.setQueryData(sessionKey, session);
    // Reset, not merely asked again: somebody else may sign in, who sees other things.
    void queries.resetQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionKey[0] });
  };
}
