import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { type JsonCaller, jsonCaller } from '../api/json-caller.js';
import { customers } from '../api/resources/customers.case.js';
import { reminders } from '../api/resources/reminders.case.js';
import type { ResourceCase } from '../api/resources/resource-case.js';
import { staffMembers } from '../api/resources/staff-members.case.js';
import { talleres } from '../api/resources/talleres.case.js';
import { templates } from '../api/resources/templates.case.js';
import { vehicles } from '../api/resources/vehicles.case.js';
import { dispatchPath, exampleEvent, startTestApi, type TestApi } from '../api/start-test-api.js';

// Texts that have broken software before: https://github.com/minimaxir/big-list-of-naughty-strings
const naughty: string[] = createRequire(import.meta.url)('big-list-of-naughty-strings');
const keys: ResourceCase = {
  path: '/api/v1/notifications/api-keys/',
  make: (number) => ({ name: `Llave ${number}`, scopes: ['read'] }),
  required: [],
  patch: {},
  invalid: [],
  orderings: [],
  filters: () => [],
  badFilters: [],
};
const resources = { talleres, staffMembers, templates, customers, vehicles, reminders, keys };
/** Read as a number, and kept in its one international form. */
const rewritten: Record<string, RegExp> = { phone: /^\+[1-9]\d{6,14}$/ };
// Some hundred saves of a template take half a minute where other tests want the same cores.
jest.setTimeout(300_000);
/** Requests under way at once. */
const lanes = 8;

let api: TestApi;
let call: JsonCaller;
beforeAll(async () => {
  api = await startTestApi();
  call = jsonCaller(api);
});
afterAll(() => api.close());

/** Does it for every text, and gives back what it had to say of some. */
async function ofEach(judge: (text: string) => Promise<string | undefined>): Promise<string[]> {
  const faults: string[] = [];
  const left = naughty.values();
  const lane = async () => {
    for (const text of left) {
      const fault = await judge(text);
      if (fault) faults.push(`${JSON.stringify(text)}: ${fault}`);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return faults;
}

// While the seed's templates are there: the resources' cases take most of them away.
test('an event keeps every naughty text of its context, or refuses it by name', async () => {
  const faults = await ofEach(async (text) => {
    const event = exampleEvent();
    const context = { ...Object(event.context), nombre: text, nota: text };
    const { status, body } = await call('POST', dispatchPath, { ...event, context });
    if (status === 202) {
      const [row] = await api.dataSource.query('SELECT context FROM event WHERE id = $1', [
        body.event_id,
      ]);
      return row.context.nota === text ? undefined : `kept as ${JSON.stringify(row.context.nota)}`;
    }
    const named = Object.keys(Object(body.errors)).join();
    return status === 400 && /^context\./.test(named) ? undefined : `${status} names ${named}`;
  });
  expect(faults).toEqual([]);
});

describe.each(Object.entries(resources))('%s', (_, resource: ResourceCase) => {
  const { path, idMember = 'id', make } = resource;
  const texts = Object.entries(make(7001)).flatMap(([name, value]) =>
    typeof value === 'string' && !/(?:^|_)id$|^channel$|^target$/.test(name) ? [name] : [],
  );

  test.each(texts)('%s keeps every naughty text as it is, or refuses it by name', async (name) => {
    await resource.prepare?.(api.dataSource);
    const { body: made } = await call('POST', path, make(7001));
    const one = `${path}${encodeURIComponent(String(made[idMember]))}/`;
    const faults = await ofEach(async (text) => {
      const { status, body } = await call('PATCH', one, { [name]: text });
      if (status === 200) {
        const kept = String(body[name]);
        const isRight = rewritten[name]?.test(kept) ?? kept === text;
        return isRight ? undefined : `kept as ${JSON.stringify(kept)}`;
      }
      const named = Object.keys(Object(body.errors)).join();
      return status === 400 && named === name ? undefined : `${status} names ${named}`;
    });
    expect(faults).toEqual([]);
    await call('DELETE', one);
  });
});
