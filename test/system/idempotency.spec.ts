import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { freePort } from '#infrastructure/testing/free-port.js';
import { createTestDatabase } from '#infrastructure/testing/test-database.js';
import { dispatchPath, exampleEvent, fillDatabase } from '../api/start-test-api.js';
import { answersAt, type Spawned, spawnProgram } from '../support/spawned.js';

const kills = Number(process.env.IDEMPOTENCY_KILLS ?? 8);
const keysOfStampede = Number(process.env.STAMPEDE_KEYS ?? 20);
const twinsOfStampede = Number(process.env.STAMPEDE_TWINS ?? 50);

/** One process of the API, which may be killed and started again on the same port. */
interface Api {
  url: string;
  program: Spawned;
}

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let dataSource: DataSource;
let one: Api;
let other: Api;

beforeAll(async () => {
  database = await createTestDatabase();
  dataSource = await fillDatabase(database.url);
  [one, other] = await Promise.all([startApi(await freePort()), startApi(await freePort())]);
}, 90_000);
afterAll(async () => {
  await Promise.all([one, other].map(({ program }) => program.end('SIGKILL')));
  await dataSource.destroy();
  await database.drop();
});

async function startApi(port: number): Promise<Api> {
  const url = `http://127.0.0.1:${port}`;
  const environment = {
    DATABASE_URL: database.url,
    DATABASE_POOL_SIZE: '6',
    API_AUTH: 'off',
    PORT: String(port),
    LOG_LEVEL: 'warn',
  };
  const isReady = () => answersAt(`${url}/health/ready`);
  return { url, program: await spawnProgram('api', 'apps/api/src/main.js', environment, isReady) };
}

/** A request that may be sent again, and again to another process. */
interface Request {
  path: string;
  body: Record<string, unknown>;
  key: string;
}

function aDispatch(): Request {
  return { path: dispatchPath, body: exampleEvent(), key: `dispatch-${randomUUID()}` };
}

function aVehicle(): Request {
  const vehicle_id = `v-${randomUUID()}`;
  const body = {
    vehicle_id,
    customer_id: 'customer-001',
    plate: 'ABC123',
    make: 'MG',
    model: 'ZS',
  };
  return { path: '/api/v1/notifications/vehicles/', body, key: vehicle_id };
}

interface Answer {
  status: number;
  replayed: boolean;
  text: string;
}

/** What the process answered; null when it died before. */
async function send({ url }: Api, { path, body, key }: Request): Promise<Answer | null> {
  try {
    const answer = await fetch(url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify(body),
    });
    const replayed = answer.headers.get('idempotency-replayed') === 'true';
    return { status: answer.status, replayed, text: await answer.text() };
  } catch {
    return null;
  }
}

/** Asks until the first request with the key runs no more: Postgres notices a dead client at once. */
async function sendUntilAnswered(api: Api, request: Request): Promise<Answer> {
  for (;;) {
    const answer = await send(api, request);
    if (!answer) throw new Error('the other process died too');
    if (answer.status !== 409) return answer;
    await pause(20);
  }
}

/**
 * Sends all at once and kills the process when so many are answered. The others are anywhere
 * then: on their way there, in a statement, committed, on their way back.
 */
async function sendUntilKilled(
  api: Api,
  requests: readonly Request[],
  answered: number,
): Promise<(Answer | null)[]> {
  let count = 0;
  let reached: () => void = () => undefined;
  const enough = new Promise<void>((resolve) => {
    reached = resolve;
  });
  const answers = requests.map(async (request) => {
    const answer = await send(api, request);
    count += 1;
    if (count >= answered) reached();
    return answer;
  });
  if (answered === 0) reached();
  await enough;
  await api.program.end('SIGKILL');
  return Promise.all(answers);
}

const madeUnder = async (keys: readonly string[]) => {
  const [row] = await dataSource.query(
    `SELECT
       (SELECT count(*)::int FROM event WHERE id IN (
         SELECT event_id FROM idempotency_key WHERE key = ANY($1::text[]))) AS events,
       (SELECT count(*)::int FROM event) AS "eventsInAll",
       (SELECT count(*)::int FROM vehicle WHERE id = ANY($1::text[])) AS vehicles`,
    [keys],
  );
  return row;
};

describe('a request under an idempotency key', () => {
  test(`is done once, though its process is killed in the middle, ${kills} times or more`, async () => {
    const requests: Request[] = [];
    const told: { first: Answer | null; repeat: Answer }[] = [];
    const inTheWindow = () => told.filter(({ first, repeat }) => first === null && repeat.replayed);
    // Until the window between commit and answer was hit, too: else this proves nothing.
    for (let round = 0; round < kills || inTheWindow().length === 0; round += 1) {
      const [victim, heir] = round % 2 === 0 ? [one, other] : [other, one];
      const batch = [...Array.from({ length: 12 }, aDispatch), aVehicle(), aVehicle(), aVehicle()];
      requests.push(...batch);
      const firsts = await sendUntilKilled(victim, batch, ((round % kills) * batch.length) / kills);
      const restarted = startApi(Number(new URL(victim.url).port));
      const again = batch.map(async (request, index) => ({
        first: firsts[index] ?? null,
        repeat: await sendUntilAnswered(heir, request),
      }));
      told.push(...(await Promise.all(again)));
      Object.assign(victim, await restarted);
    }
    const dispatches = requests.filter(({ path }) => path === dispatchPath).length;
    expect(await madeUnder(requests.map(({ key }) => key))).toEqual({
      events: dispatches,
      eventsInAll: dispatches,
      vehicles: requests.length - dispatches,
    });
    const answered = told.filter(({ first }) => first !== null);
    expect(answered.map(({ repeat }) => repeat)).toEqual(
      answered.map(({ first }) => ({ ...first, replayed: true })),
    );
    const unanswered = told.filter(({ first }) => first === null).map(({ repeat }) => repeat);
    expect(unanswered.filter(({ status }) => status !== 201 && status !== 202)).toEqual([]);
  }, 300_000);

  test(`is done once, though ${twinsOfStampede} come at once for each of ${keysOfStampede} keys`, async () => {
    await dataSource.query('TRUNCATE event, notification, message, timeline, idempotency_key');
    const requests = Array.from({ length: keysOfStampede }, aDispatch);
    const stampede = requests.flatMap((request) =>
      Array.from({ length: twinsOfStampede }, (_, index) => ({
        request,
        api: index % 2 === 0 ? one : other,
      })),
    );
    const statuses: number[] = [];
    let next = 0;
    const lane = async () => {
      for (let turn = stampede[next++]; turn; turn = stampede[next++]) {
        statuses.push((await send(turn.api, turn.request))?.status ?? 0);
      }
    };
    await Promise.all(Array.from({ length: 200 }, lane));
    expect(statuses).toHaveLength(keysOfStampede * twinsOfStampede);
    expect([...new Set(statuses)].sort()).toEqual([202, 409]);
    const again = await Promise.all(requests.map((request) => send(one, request)));
    expect(again.filter((answer) => answer?.replayed)).toHaveLength(keysOfStampede);
    expect(await madeUnder(requests.map(({ key }) => key))).toMatchObject({
      events: keysOfStampede,
      eventsInAll: keysOfStampede,
    });
  }, 300_000);
});
