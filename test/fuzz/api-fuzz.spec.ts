import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Agent, request as send } from 'undici';
import webPush from 'web-push';
import type { Sandbox } from '../../apps/sandbox/src/start-sandbox.js';
import { addDeadLetter } from '../api/dead-letter.js';
import { openSandbox } from '../api/sandbox-with-mail.js';
import {
  bodyOf,
  dispatchPath,
  exampleEvent,
  post,
  startTestApi,
  type TestApi,
} from '../api/start-test-api.js';
import { AnswerCheck } from './answer-check.js';
import { type FuzzRequest, requestOf } from './arbitrary-request.js';
import { type Operation, readDocument, type Schema } from './document.js';
import { Things } from './things.js';

const vapid = webPush.generateVAPIDKeys();
const requests = Number(process.env.FUZZ_REQUESTS ?? 25_000);
// The same every time with the other tests; `npm run fuzz` draws another one each time.
const seed = Number(process.env.FUZZ_SEED ?? 20_261_122);
/** An answer that takes longer is a fault too: somebody could ask for it all day. */
const slowestAnswerMs = 20_000;
/** They ask a provider that somebody named, and wait for it and for the name's address. */
const asksElsewhere = new Set([
  'testEmailSettings',
  'testWhatsAppSettings',
  'getChannelsHealth',
  'testHouseChannel',
]);
/** Requests under way at once. */
const lanes = 8;
const portion = 500;
const probes = new Set(['isReady', 'getDatabaseHealth']);

const { operations, schemas } = readDocument();
const check = new AnswerCheck(schemas);
const agent = new Agent({ connections: lanes, headersTimeout: 120_000 });
const things = new Things();
const internalSecret = 's'.repeat(40);
const webhookSecret = 'v'.repeat(40);
const statuses = new Map<number, number>();
const succeeded = new Set<string>();
const faults = new Map<string, string>();
let api: TestApi;
let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await openSandbox();
  api = await startTestApi({
    SANDBOX_CONTROL_URL: sandbox.httpUrl,
    API_AUTH: 'off',
    ADMIN_EMAILS: 'jefe@example.com',
    SECRET_KEY: 'k'.repeat(40),
    INTERNAL_API_SECRET_KEY: internalSecret,
    WEBHOOK_SECRET: webhookSecret,
    RATE_LIMIT_PER_MINUTE: '0',
    RATE_LIMIT_FAILED_AUTH_PER_MINUTE: '0',
    VAPID_PUBLIC_KEY: vapid.publicKey,
    VAPID_PRIVATE_KEY: vapid.privateKey,
    VAPID_CONTACT_EMAIL: 'mailto:avisos@example.com',
  });
  const answer = await post(`${api.url}${dispatchPath}`, exampleEvent());
  things.note(dispatchPath, await bodyOf(answer));
  for (const slug of ['phase-schedule', 'phase-repair']) things.add('phases', slug);
  things.add('service-types', 'averia-revision');
  for (let count = 0; count < 15; count += 1) {
    things.add('dead-letters', await addDeadLetter(api));
  }
});
afterAll(async () => {
  await agent.close();
  await api.close();
  await sandbox.close();
});

test(
  `no request of ${requests} gets a 5xx or an answer that the document does not declare`,
  async () => {
    process.stdout.write(`api fuzz: seed ${seed}, ${requests} requests\n`);
    const any = fc.oneof(
      ...operations.map((operation) => ({
        weight: weightOf(operation),
        arbitrary: requestOf(operation, resolve),
      })),
    );
    // Drawn in portions, so that a night's requests need not be held at once. Not shrunk: what an
    // answer depends on is all that was made before it.
    for (let sent = 0; sent < requests; sent += portion) {
      const numRuns = Math.min(portion, requests - sent);
      const drawn = fc.sample(any, { seed: seed + sent, numRuns }).values();
      await Promise.all(Array.from({ length: lanes }, () => sendAll(drawn)));
    }
    process.stdout.write(`api fuzz: answers ${JSON.stringify(Object.fromEntries(statuses))}\n`);
    expect([...faults.values()]).toEqual([]);
    // A fuzz that never gets past the door tests the door alone.
    const never = operations.map(({ id }) => id).filter((id) => !succeeded.has(id));
    process.stdout.write(`api fuzz: never succeeded: ${never.join(' ') || 'none'}\n`);
    expect(never.length).toBeLessThan(operations.length / (requests < 25_000 ? 1 : 10));
    expect((await fetch(`${api.url}/health/ready`)).status).toBe(200);
  },
  60_000 + requests * 50,
);

async function sendAll(drawn: Iterable<FuzzRequest>): Promise<void> {
  for (const request of drawn) {
    const fault = await faultOf(request);
    // One example of each kind is enough to work with.
    const kind = `${request.operation.id} ${fault?.what.slice(0, 100)}`;
    if (fault) faults.set(kind, `${fault.request}: ${fault.what}`);
  }
}

async function faultOf(
  request: FuzzRequest,
): Promise<{ what: string; request: string } | undefined> {
  const target = request.target(things);
  const begunMs = performance.now();
  const { statusCode, headers, body } = await send(`${api.url}${target}`, {
    dispatcher: agent,
    method: request.method,
    headers: { ...secretFor(target), ...request.headers },
    body: request.body,
  });
  const text = await body.text();
  statuses.set(statusCode, (statuses.get(statusCode) ?? 0) + 1);
  const type = String(headers['content-type'] ?? '').split(';', 1)[0] ?? '';
  if (statusCode < 300) succeeded.add(asMeant(request).operation.id);
  if (statusCode === 201 || statusCode === 202) {
    things.note(request.operation.path, JSON.parse(text));
  }
  const tookMs = performance.now() - begunMs;
  // A busy process may say for a moment that others should be asked: that is what these are for.
  const isProbe = statusCode === 503 && probes.has(asMeant(request).operation.id);
  const what =
    statusCode >= 500 && !isProbe
      ? `answered ${statusCode}: ${text}`
      : check.faultOf(asMeant(request), { status: statusCode, type, text });
  const isSlow = tookMs > slowestAnswerMs && !asksElsewhere.has(asMeant(request).operation.id);
  const fault = what ?? (isSlow ? `took ${Math.round(tookMs)} ms` : undefined);
  return fault === undefined
    ? undefined
    : { what: fault, request: `${request.method} ${target} ${shown(request)}` };
}

/** What opens the doors that ask for a secret. */
function secretFor(target: string): Record<string, string> {
  if (target.startsWith('/api/internal/')) return { 'x-internal-secret': internalSecret };
  return target.startsWith('/api/v1/webhooks/') ? { 'x-webhook-secret': webhookSecret } : {};
}

/** Another method may be another operation. */
function asMeant({ operation, method }: FuzzRequest): { operation: Operation; method: string } {
  const other = operations.find((each) => each.path === operation.path && each.method === method);
  return { operation: other ?? operation, method };
}

// The dispatch takes the most input, so it gets the most of it.
function weightOf({ id, body, parameters }: Operation): number {
  if (id === 'dispatchEvent') return 40;
  if (body) return 8;
  return parameters.length > 0 ? 3 : 1;
}

function shown({ headers, body }: FuzzRequest): string {
  const text = body === null ? '' : new TextDecoder().decode(body.slice(0, 1000));
  return `${JSON.stringify(headers)} ${text}`;
}

function resolve(schema: Schema): Schema {
  const name = schema.$ref?.split('/').at(-1);
  return name === undefined ? schema : (schemas[name] ?? {});
}
