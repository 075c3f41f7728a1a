import type { OpenAPIObject } from '@nestjs/swagger';
import { type Operation, operationsOf } from './operations-of.js';

/** Says which header fields every answer has, and those that answer a POST with a key. */
export function tellAnswerFields(document: OpenAPIObject): void {
  document.components = {
    ...document.components,
    headers: { ...document.components?.headers, ...fields },
  };
  for (const operation of operationsOf(document.paths)) tellFields(operation);
}

function tellFields({ responses, parameters = [] }: Operation): void {
  const takesKey = parameters.some(
    (parameter) => 'name' in parameter && parameter.name === 'Idempotency-Key',
  );
  for (const [status, response] of Object.entries(responses)) {
    if (!response || '$ref' in response) continue;
    response.headers = { ...response.headers, 'X-Request-Id': reference('X-Request-Id') };
    if (takesKey && status.startsWith('2')) {
      response.headers['Idempotency-Replayed'] = reference('Idempotency-Replayed');
    }
  }
}

const fields = {
  'X-Request-Id': {
    description: 'Names the request in our logs: the one that was sent, or one that we made.',
    schema: { type: 'string' as const },
  },
  'Idempotency-Replayed': {
    description: '`true` when this is the answer of an earlier request with the same key.',
    schema: { type: 'string' as const, enum: ['true'] },
  },
};

function reference(name: keyof typeof fields): { $ref: string } {
  return { $ref: `#/components/headers/${name}` };
}
