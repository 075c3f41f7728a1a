import { AnswerCheck } from '../fuzz/answer-check.js';
import { type Media, type OpenApiDocument, partsOf, type Schema } from '../fuzz/document.js';

interface Place {
  place: string;
  schema: Schema;
}

/** Every member of every schema under `components`. */
export function membersOf({ components }: OpenApiDocument): Place[] {
  return Object.entries(components.schemas).flatMap(([name, { properties = {} }]) =>
    Object.entries(properties).map(([member, schema]) => ({ place: `${name}.${member}`, schema })),
  );
}

interface Body extends Place {
  method: string;
  examples: unknown[];
}

/** The JSON bodies of requests. */
export function bodiesOf(document: OpenApiDocument): Body[] {
  return Object.values(document.paths).flatMap((item) =>
    Object.entries(item).flatMap(([method, { operationId, requestBody }]) => {
      const media = requestBody?.content?.['application/json'];
      if (!media) return [];
      const schema = resolved(media.schema, document);
      return [{ place: operationId, method, schema, examples: examplesOf(media, document) }];
    }),
  );
}

/** What the document shows and does not allow, as `operation status: why`. */
export function faultsInExamples(document: OpenApiDocument): string[] {
  const check = new AnswerCheck(document.components.schemas);
  return jsonIn(document).flatMap(({ place, media }) =>
    examplesOf(media, document)
      .map((example) => check.mismatch(media.schema, JSON.stringify(example)))
      .filter((fault) => fault !== undefined)
      .map((fault) => `${place}: ${fault}`),
  );
}

/** Every JSON body that is sent or answered. */
function jsonIn(document: OpenApiDocument): { place: string; media: Media }[] {
  return Object.values(document.paths)
    .flatMap((item) => Object.values(item))
    .flatMap(({ operationId, requestBody, responses }) =>
      Object.entries({ body: requestBody, ...responses }).flatMap(([name, body]) => {
        const media = body && 'content' in body ? body.content?.['application/json'] : undefined;
        return media ? [{ place: `${operationId} ${name}`, media }] : [];
      }),
    );
}

/** The places of what may be sent at any length. A webhook's body is kept as it comes, to 256 KiB. */
export function unboundedIn(document: OpenApiDocument): string[] {
  const operations = partsOf(document).operations.filter(
    ({ path }) => !path.includes('/webhooks/'),
  );
  return operations.flatMap(({ id, parameters, body }) => [
    ...parameters
      .filter((parameter) => parameter.in !== 'header')
      .flatMap(({ name, schema }) => unbounded(schema, `${id} ${name}`, document)),
    ...(body ? unbounded(body, `${id} body`, document) : []),
  ]);
}

function unbounded(schema: Schema, place: string, document: OpenApiDocument): string[] {
  const {
    type,
    properties = {},
    items,
    anyOf = [],
    allOf = [],
    ...own
  } = resolved(schema, document);
  const inner = [
    ...[...anyOf, ...allOf].flatMap((part) => unbounded(part, place, document)),
    ...Object.entries(properties).flatMap(([name, member]) =>
      unbounded(member, `${place}.${name}`, document),
    ),
    ...(items ? unbounded(items, `${place}[]`, document) : []),
  ];
  const types = [type].flat();
  const isShort = own.enum || own.format === 'uuid' || own.format?.startsWith('date');
  const isBounded =
    (!types.includes('string') || isShort || own.maxLength !== undefined) &&
    (!types.includes('integer') || (own.minimum !== undefined && own.maximum !== undefined)) &&
    (!types.includes('array') || own.maxItems !== undefined);
  return isBounded ? inner : [place, ...inner];
}

function examplesOf(media: Media, { components }: OpenApiDocument): unknown[] {
  const named = Object.values(media.examples ?? {}).map((example) =>
    '$ref' in example ? components.examples?.[nameIn(example.$ref)]?.value : example.value,
  );
  return media.example === undefined ? named : [media.example, ...named];
}

function resolved(schema: Schema, document: OpenApiDocument): Schema {
  if (!schema.$ref) return schema;
  return document.components.schemas[nameIn(schema.$ref)] ?? {};
}

function nameIn(reference: string): string {
  return reference.split('/').at(-1) ?? '';
}
