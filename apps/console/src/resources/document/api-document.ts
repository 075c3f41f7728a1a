/** The parts of an OpenAPI 3.1 document that a screen can be made from. */
export interface ApiDocument {
  paths: Record<string, Partial<Record<Method, Operation>>>;
  components: { schemas: Record<string, Schema> };
}

export const methods = ['get', 'post', 'put', 'patch', 'delete'] as const;
export type Method = (typeof methods)[number];

export interface Operation {
  operationId: string;
  summary?: string;
  description?: string;
  tags?: string[];
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: Record<string, { content?: Record<string, { schema?: Schema }> }>;
}

export interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  description?: string;
  schema: Schema;
}

export interface Schema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  description?: string;
  enum?: (string | number | null)[];
  default?: unknown;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  allOf?: Schema[];
  anyOf?: Schema[];
  minimum?: number;
  maximum?: number;
  maxLength?: number;
  pattern?: string;
}

/** A schema of one type, which may be null besides. */
export type PlainSchema = Omit<Schema, '$ref' | 'type' | 'allOf' | 'anyOf'> & {
  type: string | undefined;
  isNullable: boolean;
};

/**
 * Follows references, and takes apart what the document writes as `allOf` with one member (a
 * reference with a description of its own), `anyOf` with null, and `type: [..., null]`.
 */
export function plain(document: ApiDocument, schema: Schema): PlainSchema {
  const { $ref, allOf, anyOf, type, ...rest } = schema;
  const types = [type ?? []].flat();
  const isNullable = types.includes('null') || (anyOf ?? []).some((one) => one.type === 'null');
  const own = {
    ...rest,
    type: types.find((one) => one !== 'null'),
    isNullable,
  };
  const inner = innerOf(document, schema);
  if (!inner) return own;
  const within = plain(document, inner);
  return {
    ...within,
    ...defined(own),
    type: own.type ?? within.type,
    isNullable: isNullable || within.isNullable,
  };
}

function innerOf(document: ApiDocument, { $ref, allOf, anyOf }: Schema): Schema | undefined {
  if ($ref) {
    const name = $ref.slice($ref.lastIndexOf('/') + 1);
    const found = document.components.schemas[name];
    if (!found) throw new Error(`The document has no ${$ref}`);
    return found;
  }
  if (allOf?.length === 1) return allOf[0];
  const others = anyOf?.filter((one) => one.type !== 'null');
  return others?.length === 1 ? others[0] : undefined;
}

function defined<Members extends object>(members: Members): Partial<Members> {
  const kept: Partial<Members> = { ...members };
  for (const name in kept) if (kept[name] === undefined) delete kept[name];
  return kept;
}

/** The schema of what an operation answers when all went well, as JSON. */
export function answerOf(document: ApiDocument, operation: Operation): PlainSchema | undefined {
  const status = Object.keys(operation.responses).find((one) => one.startsWith('2'));
  const schema = status && operation.responses[status]?.content?.['application/json']?.schema;
  return schema ? plain(document, schema) : undefined;
}

/** The schema of an operation's body, as JSON. */
export function bodyOf(document: ApiDocument, operation: Operation): PlainSchema | undefined {
  const schema = operation.requestBody?.content['application/json']?.schema;
  return schema ? plain(document, schema) : undefined;
}
