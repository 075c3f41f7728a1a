import { applyDecorators } from '@nestjs/common';
import {
  ApiExtraModels,
  ApiResponse,
  type ApiResponseNoStatusOptions,
  getSchemaPath,
} from '@nestjs/swagger';
import { ids } from '#contracts/http/examples.js';
import { ProblemView } from '#contracts/http/problem.dto.js';
import { type ErrorCode, errors, type FieldErrors } from '#domain/errors.js';
import { errorStatus } from '../http/error-status.js';

const descriptions = {
  400: 'Something in the request must change; `errors` names it.',
  401: 'A valid key is missing.',
  403: 'The key does not allow this.',
  404: 'There is no such thing.',
  406: 'The answer would be a stream; ask for one with `Accept: text/event-stream`.',
  409: 'The first request with that idempotency key is still running, or other data needs this.',
  412: 'It was changed since the state that `If-Match` names.',
  413: 'The body has more than 256 KiB.',
  415: 'The body is not JSON.',
  422: 'That idempotency key was used with another body.',
  429: 'Too many requests, or too much of the workshop waits to leave. Repeat it after `Retry-After` seconds.',
  500: 'A failure of ours. Nothing half-done is left behind.',
  503: 'An outage, or too much waits to leave. Repeat the request after `Retry-After` seconds.',
} as const;

type ProblemStatus = keyof typeof descriptions;
type HeaderObject = NonNullable<ApiResponseNoStatusOptions['headers']>[string];

const examples: Readonly<Partial<Record<ErrorCode, FieldErrors>>> = {
  validation_failed: { customer_id: ['is required'] },
  unknown_phase: { phase_id: ['names none of: phase-schedule, phase-reception'] },
  missing_variables: { 'context.Hora': ['the whatsapp template needs {{Hora}}'] },
  no_reachable_channel: { 'channels.email': ['We have no address of the person on this channel.'] },
};

/** What a dispatch alone can be refused for. */
export const dispatchRefusals = [
  'unknown_service_type',
  'unknown_subtype',
  'unknown_phase',
  'unknown_customer',
  'unknown_vehicle',
  'unknown_taller',
  'no_orchestration',
  'missing_variables',
  'no_reachable_channel',
  'no_recipients',
  'already_expired',
  'content_too_long',
  'taller_overloaded',
  'overloaded',
  'template_failed',
] as const satisfies readonly ErrorCode[];

/** Codes that a route has to name; any other comes with its status from every route. */
const namedAlone: ReadonlySet<ErrorCode> = new Set(dispatchRefusals);

/**
 * Declares the problems of a route by their statuses, each with the codes that come with it.
 * Codes of {@link dispatchRefusals} are declared where they are named, too.
 */
export function ApiProblems(...what: (ProblemStatus | ErrorCode)[]) {
  const statuses = what.filter((each) => typeof each === 'number');
  const codes = what.filter((each) => typeof each === 'string');
  return applyDecorators(
    ApiExtraModels(ProblemView),
    ...statuses.map((status) => ApiResponse({ status, ...problemResponse(status, codes) })),
  );
}

/** How the document tells a problem. */
export function problemResponse(status: ProblemStatus, codes: readonly ErrorCode[] = []) {
  return {
    description: descriptions[status],
    headers: problemHeaders[status],
    content: {
      'application/problem+json': {
        schema: { $ref: getSchemaPath(ProblemView) },
        examples: examplesOf(status, codes),
      },
    },
  };
}

const text = { type: 'string' } as const;
const seconds = { type: 'integer', minimum: 1 } as const;
const challenge = {
  'WWW-Authenticate': {
    description: 'What would open the door (RFC 6750).',
    schema: text,
    example: 'Bearer realm="ambacar-notifications"',
  },
};
const later = {
  'Retry-After': {
    description: 'Seconds after which another try is worth it.',
    schema: seconds,
    example: 5,
  },
};
const problemHeaders: Readonly<Partial<Record<ProblemStatus, Record<string, HeaderObject>>>> = {
  401: challenge,
  403: challenge,
  409: later,
  429: later,
  503: later,
};

function examplesOf(
  status: number,
  codes: readonly ErrorCode[],
): Record<string, { value: unknown }> {
  const shown = Object.keys(errors)
    .filter(isCode)
    .filter((code) => errorStatus[code] === status)
    .filter((code) => !namedAlone.has(code) || codes.includes(code));
  return Object.fromEntries(shown.map((code) => [code, { value: exampleOf(code, status) }]));
}

function exampleOf(code: ErrorCode, status: number): ProblemView {
  return {
    type: `urn:ambacar:problem:${code}`,
    title: errors[code].en,
    status,
    detail: errors[code].en,
    instance: '/api/v1/notifications/events/dispatch/',
    code,
    ...(examples[code] && { errors: examples[code] }),
    request_id: ids.request,
  };
}

function isCode(name: string): name is ErrorCode {
  return Object.hasOwn(errors, name);
}
