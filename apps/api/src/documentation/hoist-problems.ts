import type { OpenAPIObject } from '@nestjs/swagger';

type Responses = NonNullable<OpenAPIObject['components']>['responses'];

/**
 * Tells each kind of refusal once, under `components`, and lets the operations name it: told in
 * full by each of a hundred operations, the document had 2 MB.
 */
export function hoistProblems(document: OpenAPIObject): void {
  const hoisted: NonNullable<Responses> = {};
  const names = new Map<string, string>();
  for (const { get, post, put, patch, delete: remove } of Object.values(document.paths)) {
    for (const operation of [get, post, put, patch, remove]) {
      for (const [status, response] of Object.entries(operation?.responses ?? {})) {
        if (!operation || !response || '$ref' in response) continue;
        if (!response.content?.['application/problem+json']) continue;
        const text = JSON.stringify(response);
        const name = names.get(text) ?? unusedName(`Problem${status}`, hoisted);
        names.set(text, name);
        hoisted[name] = response;
        operation.responses[status] = { $ref: `#/components/responses/${name}` };
      }
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
