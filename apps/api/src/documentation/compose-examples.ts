import type { OpenAPIObject } from '@nestjs/swagger';
import { shownInExample } from '#contracts/http/fields.js';
import { type Operation, operationsOf } from './operations-of.js';

type Components = NonNullable<OpenAPIObject['components']>;
type AnySchema = NonNullable<Components['schemas']>[string];
type Schema = Exclude<AnySchema, { $ref: string }>;
type Examples = NonNullable<Components['examples']>;
type Media = NonNullable<Extract<Operation['requestBody'], { content: object }>['content']>[string];

/**
 * Gives each JSON body an example, composed from the examples of its members. Each is told once,
 * under `components`. A body whose decorator gives it one keeps that. Parameters have theirs where
 * readers of the document look for it.
 */
export function composeExamples(document: OpenAPIObject): void {
  const schemas = document.components?.schemas ?? {};
  const composed: Examples = {};
  for (const { parameters = [], requestBody, responses } of operationsOf(document.paths)) {
    for (const parameter of parameters) raiseExample(parameter);
    for (const body of [requestBody, ...Object.values(responses)]) {
      if (!body || !('content' in body)) continue;
      const media = body.content?.['application/json'];
      if (media) giveExamples(media, schemas, composed);
    }
  }
  document.components = { ...document.components, examples: composed };
  for (const schema of Object.values(schemas)) unmark(schema);
}

/** A query's class puts the example of a parameter into its schema, where fewer readers look. */
function raiseExample(parameter: NonNullable<Operation['parameters']>[number]): void {
  const schema = 'schema' in parameter ? parameter.schema : undefined;
  if ('$ref' in parameter || !schema || '$ref' in schema || schema.example === undefined) return;
  parameter.example ??= schema.example;
  delete schema.example;
}

function giveExamples(media: Media, schemas: Schemas, composed: Examples): void {
  const { schema, example, examples } = media;
  if (!schema || example !== undefined || examples) return;
  // A body of one thing or of a list of them has an example of each.
  const forms = '$ref' in schema ? [schema] : (schema.anyOf ?? [schema]);
  const named = forms.map((form) => [isList(form) ? 'list' : 'example', form] as const);
  media.examples = Object.fromEntries(
    named.map(([name, form]) => {
      if (!('$ref' in form)) return [name, { value: exampleOf(form, schemas) }];
      const schemaName = nameIn(form.$ref);
      composed[schemaName] ??= { value: exampleOf(form, schemas) };
      return [name, { $ref: `#/components/examples/${schemaName}` }];
    }),
  );
}

type Schemas = Record<string, AnySchema>;

/** Undefined where nothing is known of a value. */
function exampleOf(schema: AnySchema, schemas: Schemas): unknown {
  if ('$ref' in schema) {
    const named = schemas[nameIn(schema.$ref)];
    return named && exampleOf(named, schemas);
  }
  if (schema.example !== undefined) return schema.example;
  const [part] = schema.allOf ?? schema.anyOf ?? [];
  if (part) return exampleOf(part, schemas);
  if (schema.enum) return schema.enum[0];
  if (schema.items) return [exampleOf(schema.items, schemas)];
  return schema.properties && membersOf(schema.properties, schemas);
}

function membersOf(properties: Schemas, schemas: Schemas): Record<string, unknown> {
  const all = Object.entries(properties);
  const chosen = all.filter(([, schema]) => isMarked(schema));
  const members = (chosen.length > 0 ? chosen : all).map(
    ([name, schema]) => [name, exampleOf(schema, schemas)] as const,
  );
  return Object.fromEntries(members.filter(([, example]) => example !== undefined));
}

function unmark(schema: AnySchema): void {
  if ('$ref' in schema) return;
  for (const member of Object.values(schema.properties ?? {})) {
    Reflect.deleteProperty(member, shownInExample);
  }
}

function isMarked(schema: AnySchema): boolean {
  return Reflect.get(schema, shownInExample) === true;
}

function isList(schema: AnySchema): schema is Schema {
  return 'items' in schema;
}

function nameIn(reference: string): string {
  return reference.split('/').at(-1) ?? '';
}
