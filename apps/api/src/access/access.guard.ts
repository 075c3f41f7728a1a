import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { allows, scopes } from '#domain/access/scopes.js';
import type { Configuration } from '#infrastructure/config/configuration.js';
import { CONFIGURATION } from '#infrastructure/wiring/tokens.js';
import { Problem } from '../http/problem.js';
import { type Access, accessMetadata, type Caller, rememberCaller } from './access.js';
import { InternalSecrets } from './internal-secrets.js';
import { KnownKeys } from './known-keys.js';

const everyone: Caller = {
  id: 'anonymous',
  name: 'anonymous',
  scopes,
  tallerId: null,
};
const challenge = { 'www-authenticate': 'Bearer realm="ambacar-notifications"' };

/** Lets a request pass if its route is public, or its key has the route's scope. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly keys: KnownKeys,
    private readonly internalSecrets: InternalSecrets,
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const access = this.reflector.getAllAndOverride<Access | undefined>(accessMetadata, [
      context.getHandler(),
      context.getClass(),
    ]);
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (access === 'internal') return this.admitInternal(request);
    const caller = await this.callerOf(request);
    if (caller) rememberCaller(request, caller);
    if (access === 'public') return true;
    if (!caller) {
      throw new Problem('unauthorized', { headers: challenge, errors: missingKey });
    }
    if (access === undefined || !allows(caller.scopes, access)) {
      throw new Problem('forbidden', {
        detail: `The key lacks the scope ${access ?? 'for this'}.`,
        headers: {
          'www-authenticate': `${challenge['www-authenticate']}, error="insufficient_scope"`,
        },
      });
    }
    return true;
  }

  /** With authentication off, too: whoever may write in bulk says so by its secret. */
  private admitInternal(request: FastifyRequest): boolean {
    if (!this.internalSecrets.isRight(request)) {
      throw new Problem('unauthorized', { headers: internalChallenge, errors: missingSecret });
    }
    rememberCaller(request, internalCaller);
    return true;
  }

  private async callerOf(request: FastifyRequest): Promise<Caller | null> {
    if (this.configuration.auth.mode === 'off') return everyone;
    const presented = presentedKey(request);
    return presented === undefined ? null : this.keys.find(presented);
  }
}

const internalCaller: Caller = { id: 'internal', name: 'internal', scopes: [], tallerId: null };
const internalChallenge = { 'www-authenticate': 'InternalSecret realm="ambacar-internal"' };
const missingSecret = { 'X-Internal-Secret': ['must be the secret of the core system'] };
const missingKey = { Authorization: ['must be "Bearer " and a key, or send it as X-API-KEY'] };

function presentedKey({ headers }: FastifyRequest): string | undefined {
  const bearer = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
  const plain = headers['x-api-key'];
  return bearer ?? (typeof plain === 'string' ? plain : undefined);
}
