import type { SessionCaller } from '#contracts/http/session.dto.js';
import type { SetupCache } from '#infrastructure/persistence/setup-cache.js';
import type { Caller, SessionFacts } from './access.js';

/** Who is signed in, as the console shows it. */
export async function sessionCaller(
  caller: Caller,
  session: SessionFacts | undefined,
  setups: SetupCache,
): Promise<SessionCaller> {
  return {
    name: session?.shownAs ?? caller.name,
    kind: kindOf(caller),
    scopes: [...caller.scopes],
    taller_id: caller.tallerId,
    taller_name: caller.tallerId && (await nameOf(caller.tallerId, setups)),
    ends_at: session?.endsAt.toISOString() ?? null,
  };
}

function kindOf({ id }: Caller): SessionCaller['kind'] {
  if (id === 'anonymous') return 'anyone';
  return id.startsWith('oidc:') ? 'staff' : 'key';
}

async function nameOf(tallerId: string, setups: SetupCache): Promise<string | null> {
  const { talleres } = await setups.current();
  return talleres.find(({ id }) => id === tallerId)?.name ?? null;
}
