import type { ProblemView } from '#contracts/http/problem.dto.js';
import { type ErrorCode, errors, type FieldErrors } from '#domain/errors.js';
import { errorStatus } from './error-status.js';

interface ProblemDetails {
  /** What went wrong this time; the code's own sentence by default. */
  detail?: string;
  /** Why, by the field that must change. */
  errors?: FieldErrors;
  headers?: Record<string, string>;
  /** Where HTTP has a more exact status than the code's own. */
  status?: number;
}

/** Thrown to answer a request with a refusal. Never carries what a client must not see. */
export class Problem extends Error {
  readonly status: number;
  readonly errors: FieldErrors | undefined;
  readonly headers: Record<string, string>;

  constructor(
    readonly code: ErrorCode,
    details: ProblemDetails = {},
  ) {
    super(details.detail ?? errors[code].en);
    this.status = details.status ?? errorStatus[code];
    this.errors = details.errors;
    this.headers = details.headers ?? {};
  }
}

/** A 400 about one field, by far the most usual problem. */
export function badField(field: string, why: string): Problem {
  return new Problem('validation_failed', { errors: { [field]: [why] } });
}

/** A refusal names at most so many fields; past them nobody reads on. */
const mostFields = 20;
const longestName = 200;

/** The body of a problem (RFC 9457 section 3). `language` is the client's `Accept-Language`. */
export function problemView(
  problem: Problem,
  request: { path: string; requestId: string; language: string | undefined },
): ProblemView {
  const spanish = /^\s*es\b/i.test(request.language ?? '');
  return {
    type: `urn:ambacar:problem:${problem.code}`,
    title: errors[problem.code][spanish ? 'es' : 'en'],
    status: problem.status,
    detail: problem.message,
    instance: request.path,
    code: problem.code,
    ...(problem.errors && { errors: cut(problem.errors) }),
    request_id: request.requestId,
  };
}

function cut(fields: FieldErrors): FieldErrors {
  const entries = Object.entries(fields)
    .slice(0, mostFields)
    .map(([name, whys]) => [name.slice(0, longestName), whys] as const);
  return Object.fromEntries(entries);
}
