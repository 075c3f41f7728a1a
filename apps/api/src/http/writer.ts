import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { IdempotencyClaim } from '#domain/dispatch/dispatch-command.js';
import type { Author } from '#infrastructure/persistence/change.js';
import { type Caller, callerOf } from '../access/access.js';
import { etagOf } from './etag.js';
import { readIdempotencyClaim } from './idempotency.js';
import { Problem } from './problem.js';

/** Who asks for a change, and under which conditions. */
export interface Writer {
  caller: Caller;
  author: Author;
  /** A POST's idempotency key, or null when it sent none. */
  claim: IdempotencyClaim | null;
  ifMatch: string | undefined;
  reply: FastifyReply;
}

/** The writer of a route that needs a scope. */
export const WriterParam = createParamDecorator((_: unknown, context: ExecutionContext): Writer => {
  const http = context.switchToHttp();
  const request = http.getRequest<FastifyRequest>();
  const caller = callerOf(request);
  if (!caller) throw new Error('a route that writes must ask for a scope');
  const operation = `${request.method} ${request.routeOptions.url ?? ''} ${pathParams(request)}`;
  const { 'idempotency-key': key, 'if-match': ifMatch } = request.headers;
  return {
    caller,
    author: { id: caller.id, name: caller.name, requestId: request.id },
    // The other methods may be repeated as they are.
    claim:
      request.method === 'POST'
        ? readIdempotencyClaim(key, caller.id, operation, request.body)
        : null,
    ifMatch,
    reply: http.getResponse<FastifyReply>(),
  };
});

/**
 * Refuses a change by someone who has seen another state of the row (412). Call it with the row
 * locked and as a GET would show it.
 */
export function requireMatch({ ifMatch }: Writer, view: object): void {
  if (ifMatch === undefined || ifMatch.trim() === '*') return;
  const tags = ifMatch.split(',').map((tag) => tag.trim());
  if (!tags.includes(etagOf(JSON.stringify(view)))) throw new Problem('changed_meanwhile');
}

/** What was looked for, or a 404. */
export function found<T>(row: T | null | undefined, what: string): T {
  if (row === null || row === undefined) {
    throw new Problem('not_found', { detail: `There is no such ${what}.` });
  }
  return row;
}

// The same key may be used for the same action on two things.
function pathParams({ params }: FastifyRequest): string {
  return JSON.stringify(params ?? {});
}
