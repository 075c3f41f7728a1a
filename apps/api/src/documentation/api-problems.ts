import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { ProblemView } from '#contracts/http/problem.dto.js';
import { type ErrorCode, errors, type FieldErrors } from '#domain/errors.js';
import { errorStatus } from '../http/error-status.js';

const descriptions = {
  400: 'Something in the request must change; `errors` names it.',
  401: 'A valid key is missing.',
  403: 'The key does not allow this.',
  404: 'There is no such thing.',
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

const examples: Readonly<Partial<Record<ErrorCode, FieldErrors>>> = {
  validation_failed: { customer_id: ['is required'] },
  unknown_phase: { phase_id: ['names none of: phase-schedule, phase-reception'] },
  missing_variables: { 'context.Hora': ['the whatsapp template needs {{Hora}}'] },
  no_reachable_channel: { 'channels.email': ['We have no address of the person on this channel.'] },
};

/** Declares the problems of a route, each with the codes that come with its status. */
export function ApiProblems(...statuses: ProblemStatus[]) {
  return applyDecorators(
    ApiExtraModels(ProblemView),
    ...statuses.map((status) => ApiResponse({ status, ...problemResponse(status) })),
  );
}

/** How the document tells a problem. */
export function problemResponse(status: ProblemStatus) {
  return {
    description: descriptions[status],
    content: {
      'application/problem+json': {
        schema: { $ref: getSchemaPath(ProblemView) },
        examples: examplesOf(status),
      },
    },
  };
}

function examplesOf(status: number): Record<string, { value: unknown }> {
  const codes = Object.keys(errors).filter(isCode);
  return Object.fromEntries(
    codes
      .filter((code) => errorStatus[code] === status)
      .map((code) => [code, { value: exampleOf(code, status) }]),
  );
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
    request_id: '019abf5e-0000-7000-8000-000000000000',
  };
}

function isCode(name: string): name is ErrorCode {
  return Object.hasOwn(errors, name);
}
