import { HttpException } from '@nestjs/common';
import type { ErrorCode, FieldErrors } from '#domain/errors.js';
import { TemplateFault } from '#domain/ports/template-engine.js';
import { IdempotencyKeyInUse, IdempotencyKeyReused } from '#infrastructure/persistence/changes.js';
import { RowConflict } from '#infrastructure/persistence/row-conflict.js';
import { isForNow } from '#infrastructure/persistence/transient-errors.js';
import { keyInUse } from './idempotency.js';
import { Problem } from './problem.js';

/** Seconds after which an outage is worth another try. */
const retryAfterSeconds = '5';

/**
 * What a client is told of anything that was thrown. Of what is not a refusal of ours it learns
 * the kind alone; the rest is for the log.
 */
export function translateError(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof TemplateFault) return new Problem('template_failed');
  if (error instanceof IdempotencyKeyReused) return new Problem('idempotency_key_reused');
  if (error instanceof IdempotencyKeyInUse) return keyInUse();
  if (error instanceof RowConflict) {
    const code = error.kind === 'in_use' ? 'conflict' : 'validation_failed';
    return new Problem(code, { errors: error.fields });
  }
  if (error instanceof HttpException) {
    // Nest wraps what Fastify refused.
    const cause = codeOf(error.cause);
    return cause.startsWith('FST_')
      ? fromFastify(cause, error.getStatus())
      : fromStatus(error.getStatus());
  }
  if (isForNow(error)) {
    return new Problem('unavailable', { headers: { 'retry-after': retryAfterSeconds } });
  }
  const code = codeOf(error);
  if (code.startsWith('FST_')) return fromFastify(code, statusOf(error));
  // Postgres refuses a value (22), breaks a rule of the data (23), or finds it too deep (54001).
  // Validation should have said so before; this is the net under it.
  if (/^(?:22|23)[0-9A-Z]{3}$|^54001$/.test(code)) {
    return new Problem('validation_failed', {
      errors: { request: ['holds a value that the database cannot keep'] },
    });
  }
  return new Problem('internal_error');
}

/** The refusals that Fastify makes before a handler runs, with the field that each is about. */
const fastifyRefusals: Readonly<Record<string, [ErrorCode, FieldErrors]>> = {
  FST_ERR_BAD_URL: ['validation_failed', { path: ['is not percent-encoded UTF-8'] }],
  FST_ERR_MAX_PARAM_LENGTH: ['not_found', { path: ['has a part that is too long'] }],
  FST_ERR_CTP_BODY_TOO_LARGE: ['payload_too_large', { body: ['has more than 262144 bytes'] }],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: [
    'unsupported_media_type',
    { 'Content-Type': ['must be application/json'] },
  ],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: [
    'validation_failed',
    { 'Content-Length': ['is not the length of the body'] },
  ],
  FST_ERR_CTP_EMPTY_JSON_BODY: ['validation_failed', { body: ['is empty'] }],
};

function fromFastify(code: string, status: number): Problem {
  const [ours, errors] = fastifyRefusals[code] ?? [];
  return ours ? new Problem(ours, { errors }) : fromStatus(status);
}

const codeByStatus: Readonly<Record<number, ErrorCode>> = {
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
  405: 'method_not_allowed',
  413: 'payload_too_large',
  415: 'unsupported_media_type',
  429: 'rate_limited',
  503: 'unavailable',
};

function fromStatus(status: number): Problem {
  const code = codeByStatus[status];
  if (code) return new Problem(code);
  return status >= 400 && status < 500
    ? new Problem('validation_failed', { status, errors: { request: ['cannot be read'] } })
    : new Problem('internal_error');
}

function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('code' in error)) return '';
  return typeof error.code === 'string' ? error.code : '';
}

function statusOf(error: unknown): number {
  if (typeof error !== 'object' || error === null || !('statusCode' in error)) return 500;
  return typeof error.statusCode === 'number' ? error.statusCode : 500;
}
