import { useQueryClient } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import { Failed, Loading } from '../parts/states.js';
import { onUnauthorized } from '../service/ask.js';
import { sessionKey, useSession } from './use-session.js';

// Most visits find a session: these are loaded when one is wanted.
const SignInPage = lazy(() =>
  import('./sign-in-page.js').then((module) => ({ default: module.SignInPage })),
);
const SignInOver = lazy(() =>
  import('./sign-in-over.js').then((module) => ({ default: module.SignInOver })),
);

/**
 * Shows the console to who is signed in. When a session ends under somebody's hands, asks for a
 * new one over the screen, which stays as it is with all that was typed.
 */
export function SessionGate({ children }: { children: ReactNode }) {
  const queries = useQueryClient();
  const session = useSession();
  const isIn = Boolean(session.data?.caller);
  const [wasIn, setWasIn] = useState(false);
  if (isIn && !wasIn) setWasIn(true);
  useEffect(
    () => onUnauthorized(() => void queries.invalidateQueries({ queryKey: sessionKey })),
    [queries],
  );
  if (session.isPending) return <Loading />;
  if (!session.data) return <Failed error={session.error} again={() => session.refetch()} />;
  const ways = session.data.sign_in;
  return (
    <>
      {wasIn ? children : null}
      <Suspense fallback={wasIn ? null : <Loading />}>
        {wasIn ? null : <SignInPage ways={ways} />}
        {wasIn && !isIn ? <SignInOver ways={ways} /> : null}
      </Suspense>
    </>
  );
}
