import {
  applyDecorators,
  createParamDecorator,
  type ExecutionContext,
  SetMetadata,
} from '@nestjs/common';
import { ApiSecurity } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { allows, type Scope } from '#domain/access/scopes.js';
import type { FieldErrors } from '#domain/errors.js';
import { Problem } from '../http/problem.js';
import { isWithin } from './taller-reach.js';

/** Who makes a request. */
export interface Caller {
  /**
   * The key's id, `oidc:` and the subject for staff, `internal` for the core system, `anonymous`
   * with authentication off. Idempotency keys and rate limits hang on it.
   */
  id: string;
  /** For the audit trail: a key's name; of staff, whom only their subject may tell, just that. */
  name: string;
  scopes: readonly Scope[];
  /** The only workshop that the caller may act for and see; null: all. */
  tallerId: string | null;
}

export const accessMetadata = 'ambacar:access';
export type Access = 'public' | 'internal' | 'webhook' | Scope;

/** The scope that a route asks for. A route that says nothing is closed to everyone. */
export function Needs(scope: Scope) {
  return applyDecorators(
    SetMetadata(accessMetadata, scope),
    // OpenAPI 3.1 lets the document name the scope of any scheme, not of OAuth alone.
    ApiSecurity('bearer', [scope]),
    ApiSecurity('api_key', [scope]),
    ApiSecurity('session', [scope]),
  );
}

/** A route that anyone may call. */
export function Public() {
  return SetMetadata(accessMetadata, 'public');
}

/** A route of the core system alone, by `X-Internal-Secret`. No key and no token opens it. */
export function Internal() {
  return applyDecorators(SetMetadata(accessMetadata, 'internal'), ApiSecurity('internal_secret'));
}

/** A route of those who carry messages alone, by `X-Webhook-Secret`. */
export function Webhook() {
  return applyDecorators(SetMetadata(accessMetadata, 'webhook'), ApiSecurity('webhook_secret'));
}

/** What is known of a session beside who calls by it. */
export interface SessionFacts {
  /** Whom the console greets; the audit trail has {@link Caller.name}. */
  shownAs: string;
  endsAt: Date;
  /** A `Set-Cookie` that lets it last longer. */
  renewal?: string;
}

/** What a request says of who makes it. */
export type Identity =
  | { kind: 'caller'; caller: Caller; session?: SessionFacts }
  /** It shows nothing. */
  | { kind: 'stranger' }
  /** It shows a session that is over. */
  | { kind: 'ended' }
  /** It shows what is not, or no longer, good. */
  | { kind: 'refused'; errors: FieldErrors }
  /** It is who it says, and that allows nothing here. */
  | { kind: 'powerless'; id: string; why: string }
  /** What it shows could not be looked up. */
  | { kind: 'unsettled'; error: unknown };

const identities = new WeakMap<FastifyRequest, Identity>();

export function rememberIdentity(request: FastifyRequest, identity: Identity): void {
  identities.set(request, identity);
}

export function identityOf(request: FastifyRequest): Identity {
  return identities.get(request) ?? { kind: 'stranger' };
}

/** Undefined on a public route called by someone we do not know. */
export function callerOf(request: FastifyRequest): Caller | undefined {
  const identity = identityOf(request);
  return identity.kind === 'caller' ? identity.caller : undefined;
}

/** The caller of a route that needs one; undefined on a public route called without a key. */
export const CallerParam = createParamDecorator((_: unknown, context: ExecutionContext) =>
  callerOf(context.switchToHttp().getRequest<FastifyRequest>()),
);

/** What concerns all workshops is closed to whoever may act for one alone (403). */
export function requireEveryTaller({ tallerId }: Caller): void {
  if (tallerId !== null) {
    throw new Problem('forbidden', { detail: 'The key may act for one workshop alone.' });
  }
}

/** Another workshop's things are, to whoever may act for one, as if they were not there (404). */
export function requireTaller(caller: Caller, owner: string | null, what: string): void {
  if (!isWithin(caller, owner)) {
    throw new Problem('not_found', { detail: `There is no such ${what}.` });
  }
}

/** Nobody gives away what they have not got (403). */
export function requireScopes({ scopes }: Caller, given: readonly Scope[]): void {
  const more = given.find((scope) => !allows(scopes, scope));
  if (more) throw new Problem('forbidden', { detail: `You have not got the scope ${more}.` });
}

/**
 * The workshop that a new thing belongs to: the caller's own where it may act for one alone.
 *
 * @param wanted what the body says; absent means the caller's own
 */
export function tallerOfNew(
  { tallerId }: Caller,
  wanted: string | null | undefined,
): string | null {
  if (tallerId === null) return wanted ?? null;
  if (wanted === undefined || wanted === tallerId) return tallerId;
  throw new Problem('forbidden', { detail: 'The key belongs to another workshop.' });
}
