import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** As much of JSON Schema as our document uses. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  anyOf?: Schema[];
  allOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  items?: Schema;
  pattern?: string;
  format?: string;
  minLength?: number;
  maxLength?: number;
  maxItems?: number;
  minimum?: number;
  maximum?: number;
  [other: string]: unknown;
}

export interface Parameter {
  name: string;
  in: 'query' | 'path' | 'header';
  required?: boolean;
  schema: Schema;
}

export interface Operation {
  /** Its `operationId`. */
  id: string;
  method: string;
  path: string;
  /** Whether it asks for a key. */
  isPublic: boolean;
  parameters: Parameter[];
  body: Schema | undefined;
  /** By status, then by media type; a status without a body has none. */
  responses: Map<number, Map<string, Schema>>;
  /** The codes of problems that are declared, by status. */
  codes: Map<number, readonly string[]>;
}

export interface DocumentParts {
  operations: Operation[];
  schemas: Record<string, Schema>;
}

export interface Media {
  schema: Schema;
  example?: unknown;
  examples?: Record<string, { value: unknown } | { $ref: string }>;
}

interface Content {
  content?: Record<string, Media>;
}

export interface OpenApiDocument {
  paths: Record<
    string,
    Record<
      string,
      {
        operationId: string;
        security: unknown[];
        parameters?: Parameter[];
        requestBody?: Content;
        responses: Record<string, Content | { $ref: string }>;
      }
    >
  >;
  components: {
    schemas: Record<string, Schema>;
    responses?: Record<string, Content>;
    headers?: Record<string, object>;
    examples?: Record<string, { value: unknown }>;
  };
  tags?: { name: string; description?: string }[];
}

function contentOf(
  response: Content | { $ref: string },
  { components }: OpenApiDocument,
): Record<string, Media> {
  const named =
    '$ref' in response ? components.responses?.[response.$ref.split('/').at(-1) ?? ''] : response;
  return named?.content ?? {};
}

function schemasOf(content: Record<string, Media>): Map<string, Schema> {
  return new Map(Object.entries(content).map(([type, { schema }]) => [type, schema]));
}

function codesOf(content: Record<string, Media>): string[] {
  return Object.keys(content['application/problem+json']?.examples ?? {});
}

/** The committed document: what clients are told is what the answers are held to. */
export function readDocument(): DocumentParts {
  const file = fileURLToPath(new URL('../../libs/contracts/src/openapi.json', import.meta.url));
  return partsOf(JSON.parse(readFileSync(file, 'utf8')));
}

/** What tests need of a document. */
export function partsOf(document: OpenApiDocument): DocumentParts {
  const answersOf = ({ responses }: { responses: Record<string, Content | { $ref: string }> }) =>
    Object.entries(responses).map(
      ([status, response]) => [Number(status), contentOf(response, document)] as const,
    );
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({
      id: operation.operationId,
      method: method.toUpperCase(),
      path,
      isPublic: operation.security.length === 0,
      parameters: operation.parameters ?? [],
      body: operation.requestBody?.content?.['application/json']?.schema,
      responses: new Map(
        answersOf(operation).map(([status, content]) => [status, schemasOf(content)]),
      ),
      codes: new Map(answersOf(operation).map(([status, content]) => [status, codesOf(content)])),
    })),
  );
  return { operations, schemas: document.components.schemas };
}
