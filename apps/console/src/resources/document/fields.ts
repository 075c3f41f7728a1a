import { type ApiDocument, type PlainSchema, plain, type Schema } from './api-document.js';

/** How a member is shown and typed. */
export type FieldKind =
  | 'text'
  | 'long-text'
  | 'secret'
  | 'email'
  | 'number'
  | 'switch'
  | 'choice'
  | 'date'
  | 'moment'
  | 'tags'
  | 'choices'
  | 'json';

/** A member of what the API gives or takes, as a column or an input. */
export interface Field {
  name: string;
  kind: FieldKind;
  /** In the document's words, which are English. */
  description: string | undefined;
  isRequired: boolean;
  isNullable: boolean;
  /** What a choice is of. */
  options: string[];
  /** Whether the members of `tags` are numbers. */
  isOfNumbers: boolean;
  minimum: number | undefined;
  maximum: number | undefined;
  maxLength: number | undefined;
  /** As the API puts it where the member is left out. */
  defaultValue: unknown;
  /** The members that an object may have; undefined: any. */
  members: string[] | undefined;
  /** The members' own, by name, where an object's members are objects. */
  memberFields: Field[];
}

/** The fields of an object's schema, in the document's order. */
export function fieldsOf(document: ApiDocument, schema: PlainSchema | undefined): Field[] {
  const { properties = {}, required = [] } = schema ?? {};
  return Object.entries(properties).map(([name, member]) =>
    fieldOf(document, name, member, required.includes(name)),
  );
}

export function fieldOf(
  document: ApiDocument,
  name: string,
  schema: Schema,
  isRequired: boolean,
): Field {
  const own = plain(document, schema);
  const items = own.items && plain(document, own.items);
  return {
    name,
    kind: kindOf(name, own, items),
    description: own.description,
    isRequired,
    isNullable: own.isNullable,
    options: optionsOf(items?.enum ? items : own),
    isOfNumbers: items?.type === 'integer' || items?.type === 'number',
    minimum: own.minimum,
    maximum: own.maximum,
    maxLength: own.maxLength,
    defaultValue: own.default,
    members: own.properties && Object.keys(own.properties),
    memberFields: fieldsOf(document, own),
  };
}

function optionsOf({ enum: values = [] }: PlainSchema): string[] {
  return values.filter((value) => value !== null).map(String);
}

const scalars = ['string', 'integer', 'number'];

function kindOf(name: string, schema: PlainSchema, items: PlainSchema | undefined): FieldKind {
  if (schema.enum) return 'choice';
  switch (schema.type) {
    case 'boolean':
      // A switch cannot say «neither».
      return schema.isNullable ? 'choice' : 'switch';
    case 'integer':
    case 'number':
      return 'number';
    case 'string':
      return kindOfText(name, schema);
    case 'array':
      if (items?.enum) return 'choices';
      return scalars.includes(items?.type ?? '') ? 'tags' : 'json';
    default:
      return 'json';
  }
}

/** From so many characters on, people write more than a line. */
const longFrom = 1000;

function kindOfText(name: string, schema: PlainSchema): FieldKind {
  if (schema.format === 'date') return 'date';
  if (schema.format === 'date-time') return 'moment';
  if (schema.format === 'email') return 'email';
  if (/password|secret|api_key$/.test(name)) return 'secret';
  return (schema.maxLength ?? 0) >= longFrom ? 'long-text' : 'text';
}
