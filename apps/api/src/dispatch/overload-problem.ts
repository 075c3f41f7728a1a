import type { Overload } from '#domain/dispatch/decide-overload.js';
import { Problem } from '../http/problem.js';

/**
 * What a caller is told whose event has to wait at the door: 429 where its workshop has too much
 * waiting, 503 where everybody has to wait. The detail says when, too: an event among many has no
 * headers of its own.
 */
export function overloadProblem({ of, retryAfterSeconds }: Overload): Problem {
  const [code, whose] =
    of === 'taller'
      ? (['taller_overloaded', 'Too many of the workshop’s notices are waiting'] as const)
      : (['overloaded', 'Too many notices are waiting'] as const);
  return new Problem(code, {
    detail: `${whose}; repeat the request in ${retryAfterSeconds} seconds.`,
    headers: { 'retry-after': String(retryAfterSeconds) },
  });
}
