import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Agent, request as send } from 'undici';
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
import { readDocument, type Schema } from './document.js';

const requests = Number(process.env.FUZZ_REQUESTS ?? 2000);
const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31);
/** An answer that takes longer is a fault too: somebody could ask for it all day. */
const slowestAnswerMs = 5000;
/** Requests under way at once. */
const lanes = 8;

const { operations, schemas } = readDocument();
const check = new AnswerCheck(schemas);
const agent = new Agent({ connections: lanes, headersTimeout: slowestAnswerMs });
const knownIds: string[] = [];
let api: TestApi;

beforeAll(async () => {
  api = await startTestApi({ API_AUTH: 'off', ADMIN_EMAILS: 'jefe@example.com' });
  const answer = await post(`${api.url}${dispatchPath}`, exampleEvent());
  knownIds.push((await bodyOf<{ event_id: string }>(answer)).event_id);
});
afterAll(async () => {
  await agent.close();
  await api.close();
});

test(
  `no request of ${requests} gets a 5xx or an answer that the document does not declare`,
  async () => {
    process.stdout.write(`api fuzz: seed ${seed}, ${requests} requests\n`);
    const any = fc.oneof(
      ...operations.map((operation) => ({
        // The dispatch takes the most input, so it gets the most of it.
        weight: operation.body ? 8 : operation.parameters.length > 0 ? 3 : 1,
        arbitrary: requestOf(operation, resolve, knownIds),
      })),
    );
    const statuses = new Map<number, number>();
    const batch = fc.array(any, { minLength: lanes, maxLength: lanes });
    await fc.assert(
      fc.asyncProperty(batch, async (drawn) => {
        const faults = await Promise.all(drawn.map((request) => faultOf(request, statuses)));
        expect(faults.filter((fault) => fault !== undefined)).toEqual([]);
      }),
      { seed, numRuns: Math.ceil(requests / lanes), endOnFailure: false },
    );
    process.stdout.write(`api fuzz: answers ${JSON.stringify(Object.fromEntries(statuses))}\n`);
    // A fuzz that never gets past the door tests the door alone.
    expect(statuses.get(202)).toBeGreaterThan(requests / 100);
    expect((await fetch(`${api.url}/health/ready`)).status).toBe(200);
  },
  60_000 + requests * 50,
);

async function faultOf(
  request: FuzzRequest,
  statuses: Map<number, number>,
): Promise<string | undefined> {
  const { statusCode, headers, body } = await send(`${api.url}${request.target}`, {
    dispatcher: agent,
    method: request.method,
    headers: request.headers,
    body: request.body,
  });
  const text = await body.text();
  statuses.set(statusCode, (statuses.get(statusCode) ?? 0) + 1);
  const type = String(headers['content-type'] ?? '').split(';', 1)[0] ?? '';
  const fault = check.faultOf(request, { status: statusCode, type, text });
  return fault && `${request.method} ${request.target} ${shown(request)}: ${fault}`;
}

function shown({ headers, body }: FuzzRequest): string {
  const text = body === null ? '' : new TextDecoder().decode(body.slice(0, 1000));
  return `${JSON.stringify(headers)} ${text}`;
}

function resolve(schema: Schema): Schema {
  const name = schema.$ref?.split('/').at(-1);
  return name === undefined ? schema : (schemas[name] ?? {});
}
