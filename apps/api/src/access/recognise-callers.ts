import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Identity, rememberIdentity } from './access.js';
import type { Callers } from './callers.js';
import type { clientAddresses } from './client-address.js';
import type { RateLimits } from './rate-limits.js';

/**
 * Before a body is read, finds out who calls and whether it is too often; what the caller may do
 * is for the guard. Probes are left alone: many come from one address, and none must fail. So are the
 * console's files: a page asks for dozens of them, and they are the same for everyone.
 */
export function recogniseCallers(
  fastify: FastifyInstance,
  callers: Callers,
  limits: RateLimits,
  addressOf: ReturnType<typeof clientAddresses>,
  isConsoleFile: (request: FastifyRequest) => boolean,
): void {
  fastify.addHook('onRequest', async (request, reply) => {
    if (request.routeOptions.url?.startsWith('/health/') || isConsoleFile(request)) return;
    const isSlowed = () => limits.isSlowed(addressOf(request.raw));
    const identity = await callers.identify(request, isSlowed);
    rememberIdentity(request, identity);
    if (identity.kind === 'caller' && identity.session?.renewal) {
      reply.header('set-cookie', identity.session.renewal);
    }
    if (identity.kind === 'refused') await limits.countFailure(addressOf(request.raw), reply);
    else await limits.count(nameOf(identity) ?? addressOf(request.raw), reply);
  });
}

/** Those without a name of their own are told apart by their address. */
function nameOf(identity: Identity): string | undefined {
  if (identity.kind === 'powerless') return identity.id;
  if (identity.kind !== 'caller' || identity.caller.id === 'anonymous') return undefined;
  return identity.caller.id;
}
