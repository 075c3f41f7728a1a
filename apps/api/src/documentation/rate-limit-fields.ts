import type { OpenAPIObject } from '@nestjs/swagger';
import { problemResponse } from './api-problems.js';
import { type Operation, operationsOf } from './operations-of.js';

/** Says of every operation but the probes what is true of all: how often it may be called. */
export function tellRateLimits(document: OpenAPIObject): void {
  document.components ??= {};
  document.components.headers = { ...document.components.headers, ...fields };
  for (const [path, item] of Object.entries(document.paths)) {
    if (path.startsWith('/health/')) continue;
    for (const operation of operationsOf({ [path]: item })) tellRateLimit(operation);
  }
}

function tellRateLimit({ responses }: Operation): void {
  responses['429'] ??= problemResponse(429);
  for (const response of Object.values(responses)) {
    if (response && !('$ref' in response)) {
      response.headers = { ...response.headers, ...references };
    }
  }
}

const fields = {
  'RateLimit-Policy': {
    description: 'The limit that counted this request: requests `q` in `w` seconds.',
    schema: { type: 'string' as const },
    example: '"requests";q=6000;w=60',
  },
  RateLimit: {
    description: 'What is left of it: requests `r`, for `t` more seconds.',
    schema: { type: 'string' as const },
    example: '"requests";r=5999;t=60',
  },
};
const references = Object.fromEntries(
  Object.keys(fields).map((name) => [name, { $ref: `#/components/headers/${name}` }]),
);
