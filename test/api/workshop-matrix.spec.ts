import { createECDH, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import webPush from 'web-push';
import { scopes } from '#domain/access/scopes.js';
import { type Operation, readOperations } from './authorisation/operations.js';
import {
  bodyFor,
  makeThing,
  type OwnedThing,
  type Owner,
  type Post,
  pathOf,
  thingOf,
} from './authorisation/owned-things.js';
import { callerWithKey, type JsonCaller } from './json-caller.js';
import { customers } from './resources/customers.case.js';
import { orchestration } from './resources/orchestration.case.js';
import { reminders } from './resources/reminders.case.js';
import { northId, southId } from './resources/resource-case.js';
import { vehicles } from './resources/vehicles.case.js';
import { dispatchPath, exampleEvent, startTestApi, type TestApi } from './start-test-api.js';

// Hundreds of things are made and tried, on two cores that others want, too.
jest.setTimeout(120_000);

let api: TestApi;
let operations: Operation[];
/** Those on things that belong to a workshop. */
let onThings: Operation[];
/** May do all, everywhere. */
let all: JsonCaller;
/** May do all, in one workshop. */
let north: JsonCaller;

beforeAll(async () => {
  const vapid = webPush.generateVAPIDKeys();
  api = await startTestApi({
    RATE_LIMIT_PER_MINUTE: '0',
    SECRET_KEY: 'k'.repeat(32),
    VAPID_PUBLIC_KEY: vapid.publicKey,
    VAPID_PRIVATE_KEY: vapid.privateKey,
    VAPID_CONTACT_EMAIL: 'taller@example.com',
  });
  await orchestration.prepare?.(api.dataSource);
  operations = await readOperations(api.url);
  onThings = operations.filter((operation) => thingOf(operation) !== undefined);
  ({ call: all } = await callerWithKey(api, [...scopes]));
  ({ call: north } = await callerWithKey(api, [...scopes], northId));
});
afterAll(() => api.close());

const post: Post = async (path, sent) => {
  const { status, body } = await all('POST', path, sent);
  if (status < 300) return body;
  throw new Error(`POST ${path} answered ${status}: ${JSON.stringify(body)}`);
};
const looks = ({ method }: Operation) => method === 'GET';
const changes = ({ method }: Operation) => method !== 'GET';

async function statusOf(operation: Operation, thing: OwnedThing): Promise<number> {
  const body = bodyFor(operation, thing);
  return (await north(operation.method, pathOf(operation, thing), body)).status;
}

/** The thing as someone sees it who may see all. */
async function stateOf(operation: Operation, thing: OwnedThing): Promise<unknown> {
  const one = { ...operation, path: thingOf(operation) ?? '' };
  const { status, body } = await all('GET', pathOf(one, thing));
  return { operation: operation.name, status, body };
}

/** Whether the operation would take its body from the thing's owner. */
function isSure(operation: Operation, thing: OwnedThing): boolean {
  return !operation.hasBody || bodyFor(operation, thing) !== undefined;
}

test('a thing is tried of every collection that takes a POST', () => {
  // What another system tells by a secret of its own makes no thing of a workshop.
  const collections = operations.filter(
    ({ method, path, door }) =>
      method === 'POST' && !['internal', 'webhook'].includes(door) && !path.includes('{'),
  );
  const untried = operations
    .map(({ path }) => path)
    .filter((path) => /^[^{]*\{[^}]+\}\/$/.test(path))
    .filter((one) => collections.some(({ path }) => one.startsWith(path)))
    .filter((one) => !onThings.some(({ path }) => path === one));
  expect(untried).toEqual([]);
});

test('the key of a workshop finds the workshop’s own things', async () => {
  const missed: string[] = [];
  for (const operation of onThings.filter(looks)) {
    const status = await statusOf(operation, await makeThing(operation, northId, post));
    if (status !== 200) missed.push(`${operation.name}: ${status}`);
  }
  expect(missed).toEqual([]);
});

test('it changes them', async () => {
  // These concern more than one workshop, or could make us call any address.
  const closed = /talleres\/\{id\}\/(?:channels\/.*)?$/;
  const refused: string[] = [];
  for (const operation of onThings.filter(changes)) {
    const thing = await makeThing(operation, northId, post);
    const status = await statusOf(operation, thing);
    const isBelow = (operation.path.match(/\{/g) ?? []).length > 1;
    const isFine = isSure(operation, thing) ? status < 300 : status === 400;
    if (isFine || closed.test(operation.path) || (isBelow && status === 404)) continue;
    refused.push(`${operation.name}: ${status}`);
  }
  expect(refused).toEqual([]);
});

test.each<[string, Owner]>([
  ['another workshop', southId],
  ['none', null],
])('it changes nothing that belongs to %s', async (_, owner) => {
  const wrong: string[] = [];
  for (const operation of onThings.filter(changes)) {
    // A workshop is nobody's but its own.
    if (owner === null && operation.path.includes('/talleres/')) continue;
    const thing = await makeThing(operation, owner, post);
    const before = await stateOf(operation, thing);
    const status = await statusOf(operation, thing);
    const isRefused =
      status === 403 || status === 404 || (status === 400 && !isSure(operation, thing));
    if (!isRefused) wrong.push(`${operation.name}: ${status}`);
    expect(await stateOf(operation, thing)).toEqual(before);
  }
  expect(wrong).toEqual([]);
});

test('it finds nothing of another workshop: 404 for one, and no list has it', async () => {
  const foreign: string[] = [];
  const wrong: string[] = [];
  for (const operation of onThings.filter(looks)) {
    const thing = await makeThing(operation, southId, post);
    foreign.push(thing.id);
    const status = await statusOf(operation, thing);
    if (status !== 404) wrong.push(`${operation.name}: ${status}`);
  }
  const lists = operations.filter(
    ({ method, path, door }) => method === 'GET' && !path.includes('{') && door !== 'internal',
  );
  for (const { name, path } of lists) {
    const paged = await north('GET', `${path}?page_size=100&ordering=-created_at`);
    const { body } = paged.status === 400 ? await north('GET', path) : paged;
    const told = JSON.stringify(body);
    wrong.push(
      ...foreign.filter((id) => told.includes(JSON.stringify(id))).map((id) => `${name}: ${id}`),
    );
  }
  expect(wrong).toEqual([]);
});

test('it reaches nothing of another workshop by naming it in a body', async () => {
  const ofSouth = async (path: string) => {
    const operation = onThings.find((candidate) => candidate.path === path);
    if (!operation) throw new Error(`there is no ${path}`);
    return makeThing(operation, southId, post);
  };
  const root = '/api/v1/notifications/';
  const { id: vehicle_id, bodies } = await ofSouth(`${root}vehicles/{vehicle_id}/`);
  const customer_id = bodies.PUT?.customer_id;
  const { id: staff_member_id } = await ofSouth(`${root}staff-members/{id}/`);
  const { id: template_id } = await ofSouth(`${root}templates/{id}/`);
  const subscription = {
    endpoint: 'https://fcm.googleapis.com/fcm/send/abc',
    keys: {
      p256dh: createECDH('prime256v1').generateKeys('base64url'),
      auth: randomBytes(16).toString('base64url'),
    },
  };
  const sent: [path: string, body: Record<string, unknown>][] = [
    [dispatchPath, exampleEvent({ customer_id })],
    [dispatchPath, exampleEvent({ customer_id, dry_run: true })],
    [customers.path, { ...customers.make(9001), taller_id: southId }],
    [vehicles.path, { ...vehicles.make(9001), customer_id }],
    [reminders.path, { ...reminders.make(9001), customer_id, vehicle_id }],
    [`${root}push/subscribe/`, { customer_id, subscription }],
    [`${root}push/subscribe/`, { staff_member_id, subscription }],
    [`${root}templates/preview/`, { template_id }],
  ];
  const wrong: string[] = [];
  for (const [path, body] of sent) {
    const { status, body: answer } = await north('POST', path, body);
    const isRefused = status === 400 || status === 403 || status === 404;
    if (!isRefused) wrong.push(`${path} ${JSON.stringify(body)}: ${status}`);
    // Refused for whose it is, and for nothing else about it.
    const fields = Object.keys(Object(answer.errors));
    expect(
      fields.filter(
        (field) => !/^(?:customer|vehicle|staff_member|taller|template)_id$/.test(field),
      ),
    ).toEqual([]);
  }
  expect(wrong).toEqual([]);
});
