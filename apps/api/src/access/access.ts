import {
  applyDecorators,
  createParamDecorator,
  type ExecutionContext,
  SetMetadata,
} from '@nestjs/common';
import { ApiSecurity } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { ApiKeyScope } from '#infrastructure/persistence/api-keys.js';

/** Who makes a request. */
export interface Caller {
  /** The key's id, or `anonymous` with authentication off. Idempotency keys are kept by it. */
  id: string;
  scopes: readonly ApiKeyScope[];
  /** The only workshop that the caller may act for and see; null: all. */
  tallerId: string | null;
}

export const accessMetadata = 'ambacar:access';
export type Access = 'public' | ApiKeyScope;

/** The scope that a route asks for. A route that says nothing is closed to everyone. */
export function Needs(scope: ApiKeyScope) {
  return applyDecorators(
    SetMetadata(accessMetadata, scope),
    ApiSecurity('bearer'),
    ApiSecurity('api_key'),
  );
}

/** A route that anyone may call. */
export function Public() {
  return SetMetadata(accessMetadata, 'public');
}

const callers = new WeakMap<FastifyRequest, Caller>();

export function rememberCaller(request: FastifyRequest, caller: Caller): void {
  callers.set(request, caller);
}

function callerOf(request: FastifyRequest): Caller | undefined {
  return callers.get(request);
}

/** The caller of a route that needs one; undefined on a public route called without a key. */
export const CallerParam = createParamDecorator((_: unknown, context: ExecutionContext) =>
  callerOf(context.switchToHttp().getRequest<FastifyRequest>()),
);
