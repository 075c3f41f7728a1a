import 'reflect-metadata';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { previewDocument } from '../../apps/api/src/documentation/preview-document.js';
import type { OpenApiDocument, Schema } from '../fuzz/document.js';
import { bodiesOf, faultsInExamples, membersOf, unboundedIn } from './document-places.js';
import { lint } from './lint-document.js';

let document: OpenApiDocument;

beforeAll(async () => {
  // As JSON, as clients get it.
  document = JSON.parse(JSON.stringify(await previewDocument()));
});

describe('the document', () => {
  test('says of everything what it means, and shows what it looks like', async () => {
    expect(await lint(document)).toEqual([]);
  }, 60_000);

  test('has an example, or a choice, for each member of each body', () => {
    const shown = (schema: Schema) =>
      'example' in schema ||
      ['$ref', 'allOf', 'anyOf', 'enum', 'const'].some((key) => key in schema);
    const bare = membersOf(document).filter(
      ({ schema }) => !shown(schema) && !(schema.items && shown(schema.items)),
    );
    expect(bare.map(({ place }) => place)).toEqual([]);
  });

  test('shows bodies that are as declared, to the format', () => {
    expect(faultsInExamples(document)).toEqual([]);
  });

  test('shows of a PATCH a part, and of everything else all that is needed', () => {
    const patches = bodiesOf(document).filter(({ method }) => method === 'patch');
    const whole = patches.filter(({ examples, schema }) =>
      examples.some(
        (example) =>
          Object.keys(Object(example)).length >= Object.keys(schema.properties ?? {}).length,
      ),
    );
    expect(patches.length).toBeGreaterThan(5);
    expect(whole.map(({ place }) => place)).toEqual([]);
  });

  test('shows each problem with its own code and status', () => {
    const problems = Object.entries(document.components.responses ?? {}).flatMap(
      ([name, { content }]) =>
        Object.entries(content?.['application/problem+json']?.examples ?? {}).map(
          ([code, example]) => ({ name, code, value: Object(Object(example).value) }),
        ),
    );
    expect(problems.length).toBeGreaterThan(20);
    const wrong = problems.filter(
      ({ name, code, value }) =>
        value.code !== code ||
        value.type !== `urn:ambacar:problem:${code}` ||
        !name.startsWith(`Problem${value.status}`),
    );
    expect(wrong).toEqual([]);
  });

  test('bounds every text, number and list that it takes', () => {
    expect(unboundedIn(document)).toEqual([]);
  });
});

describe('what the document lacks is named', () => {
  const event = '/api/v1/notifications/events/{id}/';

  test('by its place', async () => {
    const poor: OpenApiDocument = JSON.parse(JSON.stringify(document));
    const operation = poor.paths[event]?.get;
    const { schemas } = poor.components;
    delete Object(operation).description;
    delete Object(operation?.parameters?.[0]).example;
    delete Object(schemas.CustomerView?.properties?.phone).description;
    delete Object(poor.components.headers?.['X-Request-Id']).description;
    delete Object(poor.tags?.[0]).description;
    Object(poor.components.examples?.TallerView).value = { name: 1 };
    const named = (await lint(poor)).map((each) => each.split(': ')[0]);
    const lacking = `#/paths/${event.replaceAll('/', '~1')}/get`;
    expect(named).toEqual(
      expect.arrayContaining([
        `operation-description ${lacking}/description`,
        `rule/parameter-example ${lacking}/parameters/0`,
        'rule/property-description #/components/schemas/CustomerView/properties/phone/description',
        'rule/header-description #/components/headers/X-Request-Id/description',
        'tag-description #/tags/0/description',
        'no-invalid-media-type-examples #/components/examples/TallerView/value/name',
      ]),
    );
  }, 60_000);

  test('also where the lint does not look', () => {
    const poor: OpenApiDocument = JSON.parse(JSON.stringify(document));
    const phone = poor.components.schemas.CustomerInput?.properties?.phone;
    delete Object(phone).maxLength;
    expect(unboundedIn(poor)).toContain('createCustomer body.phone');
    Object(poor.components.examples?.CustomerView).value.created_at = 'yesterday';
    expect(faultsInExamples(poor).join()).toContain('getCustomer 200');
  });
});
