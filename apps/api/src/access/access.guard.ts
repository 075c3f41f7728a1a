import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { allows, type Scope } from '#domain/access/scopes.js';
import { Problem } from '../http/problem.js';
import { type Access, accessMetadata, type Identity, identityOf } from './access.js';
import { internalCaller } from './callers.js';
import { challenged } from './challenge.js';
import { webhookCaller } from './webhook-secrets.js';

/** Lets a request pass if its route is public, or its caller has what the route asks for. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const access = this.reflector.getAllAndOverride<Access | undefined>(accessMetadata, [
      context.getHandler(),
      context.getClass(),
    ]);
    const identity = identityOf(context.switchToHttp().getRequest<FastifyRequest>());
    if (access === 'public') return true;
    if (access === 'internal') return isCore(identity);
    if (access === 'webhook') return isProvider(identity);
    if (identity.kind === 'unsettled') throw identity.error;
    if (identity.kind === 'stranger') {
      throw new Problem('unauthorized', { headers: challenged(), errors: missingKey });
    }
    if (identity.kind === 'ended') {
      throw new Problem('unauthorized', { headers: challenged(), errors: endedSession });
    }
    if (identity.kind === 'refused') {
      const headers = challenged('invalid_token');
      throw new Problem('unauthorized', { headers, errors: identity.errors });
    }
    const fault = faultOf(identity, access);
    if (!fault) return true;
    throw new Problem('forbidden', { detail: fault, headers: challenged('insufficient_scope') });
  }
}

function isCore(identity: Identity): true {
  if (identity.kind === 'caller' && identity.caller === internalCaller) return true;
  const errors = identity.kind === 'refused' ? identity.errors : missingSecret;
  throw new Problem('unauthorized', { headers: internalChallenge, errors });
}

function isProvider(identity: Identity): true {
  if (identity.kind === 'caller' && identity.caller === webhookCaller) return true;
  const errors = identity.kind === 'refused' ? identity.errors : missingWebhookSecret;
  throw new Problem('unauthorized', { headers: webhookChallenge, errors });
}

/** A route that says nothing is closed to everyone. */
function faultOf(
  identity: Extract<Identity, { kind: 'caller' | 'powerless' }>,
  scope: Scope | undefined,
): string | undefined {
  if (identity.kind === 'powerless') return identity.why;
  if (scope === undefined) return 'Nobody may do this.';
  return allows(identity.caller.scopes, scope) ? undefined : `The scope ${scope} is missing.`;
}

const internalChallenge = { 'www-authenticate': 'InternalSecret realm="ambacar-internal"' };
const missingSecret = { 'X-Internal-Secret': ['must be the secret of the core system'] };
const webhookChallenge = { 'www-authenticate': 'WebhookSecret realm="ambacar-webhooks"' };
const missingWebhookSecret = { 'X-Webhook-Secret': ['must be the secret of the webhooks'] };
const missingKey = { Authorization: ['must be "Bearer " and a key, or send it as X-API-KEY'] };
const endedSession = { Cookie: ['names a session that has ended; sign in again'] };
