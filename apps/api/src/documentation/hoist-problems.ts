import type { OpenAPIObject } from '@nestjs/swagger';
import { operationsOf } from './operations-of.js';

type Responses = NonNullable<OpenAPIObject['components']>['responses'];

/**
 * Tells each kind of refusal once, under `components`, and lets the operations name it: told in
 * full by each of a hundred operations, the document had 2 MB.
 */
export function hoistProblems(document: OpenAPIObject): void {
  const hoisted: NonNullable<Responses> = {};
  const names = new Map<string, string>();
  const nameOf = (status: string, response: NonNullable<Responses>[string]): string => {
    const text = JSON.stringify(response);
    const name = names.get(text) ?? unusedName(`Problem${status}`, hoisted);
    names.set(text, name);
    hoisted[name] = response;
    return name;
  };
  for (const { responses } of operationsOf(document.paths)) {
    for (const [status, response] of Object.entries(responses)) {
      const isProblem =
        response && 'content' in response && response.content?.['application/problem+json'];
      if (!isProblem) continue;
      responses[status] = { $ref: `#/components/responses/${nameOf(status, response)}` };
    }
  }
  document.components = { ...document.components, responses: hoisted };
}

/** The same status may be told otherwise by a few operations. */
function unusedName(wanted: string, taken: object): string {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? wanted : `${wanted}_${number}`;
    if (!(name in taken)) return name;
  }
}
