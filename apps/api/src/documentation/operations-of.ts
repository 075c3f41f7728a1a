import type { OpenAPIObject } from '@nestjs/swagger';

export type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;

/** Every operation of some paths. */
export function operationsOf(paths: OpenAPIObject['paths']): Operation[] {
  return Object.values(paths)
    .flatMap((item) => [item.get, item.post, item.put, item.patch, item.delete])
    .filter((operation) => operation !== undefined);
}
