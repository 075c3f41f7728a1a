import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { BulkDispatchAnswer } from '#contracts/http/bulk-dispatch.dto.js';
import type { ProblemView } from '#contracts/http/problem.dto.js';
import { aProcess, ended } from '#infrastructure/testing/seeded-database.js';
import {
  bodyOf,
  dispatchPath,
  exampleEvent,
  post,
  startTestApi,
  type TestApi,
} from './start-test-api.js';

/** Far above what is dispatched between two counts, so that the half of it can be told from the whole. */
const limit = 2000;
let api: TestApi;

beforeAll(async () => {
  api = await startTestApi({ API_AUTH: 'off', BACKLOG_LIMIT: String(limit) });
});
afterAll(() => api.close());
beforeEach(async () => {
  await api.dataSource.query(
    'TRUNCATE event, notification, message, timeline, idempotency_key, dead_letter',
  );
  await until(202);
});

const send = (changes: Record<string, unknown> = {}, key?: string) =>
  post(
    api.url + dispatchPath,
    exampleEvent(changes),
    key === undefined ? {} : { 'idempotency-key': key },
  );
const north = { customer_id: 'customer-norte' };

/** Lets so many messages wait, of a customer's workshop. */
async function fill(count: number, changes: Record<string, unknown> = {}): Promise<void> {
  await send(changes);
  await api.dataSource.query(
    `INSERT INTO message (id, notification_id, rung, channel, address, template_version_id)
     SELECT gen_random_uuid(), m.notification_id, m.rung, m.channel, m.address,
       m.template_version_id
     FROM generate_series(1, $1),
       (SELECT * FROM message ORDER BY created_at DESC LIMIT 1) m`,
    [count],
  );
}

/** Dispatches until one is answered so, and gives that answer. */
async function until(status: number, changes: Record<string, unknown> = {}): Promise<Response> {
  for (;;) {
    const answer = await send(changes);
    if (answer.status === status) return answer;
    await answer.text();
  }
}

async function count(table: string): Promise<number> {
  const [row] = await api.dataSource.query(`SELECT count(*)::integer AS count FROM ${table}`);
  return row.count;
}

/** Sends all that is due, as a worker does. */
async function deliver(): Promise<void> {
  const { ledger } = aProcess(api.dataSource);
  const due = await api.dataSource.query(`SELECT id FROM message WHERE state = 'queued'`);
  const claimed = await ledger.claim(
    due.map(({ id }: { id: string }) => id),
    60_000,
  );
  await Promise.all(claimed.map((message) => ledger.record(ended(message, 'sent'))));
}

describe('when more waits to leave than may', () => {
  test('503 asks everybody to come later, and writes nothing', async () => {
    await fill(limit - 100);
    const answer = await until(503);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    const problem = await bodyOf<ProblemView>(answer);
    expect(problem.code).toBe('overloaded');
    expect(problem.detail).toContain(`in ${answer.headers.get('retry-after')} seconds`);
    expect(await count('message')).toBeGreaterThanOrEqual(limit);
    const events = await count('event');
    for (const changes of [{}, north, { target: 'staff' }]) {
      expect((await send(changes)).status).toBe(503);
    }
    expect(await count('event')).toBe(events);
  });

  test('all that was accepted ends, and then the door is open again', async () => {
    await fill(limit - 100);
    await until(503);
    await deliver();
    await until(202);
    await deliver();
    const states = await api.dataSource.query(
      'SELECT state, count(*)::integer AS count FROM notification GROUP BY state',
    );
    expect(states).toEqual([{ state: 'sent', count: await count('notification') }]);
    expect(await count('notification')).toBeGreaterThan(100);
  });

  test('429 asks a workshop that has half of the room, and nobody else', async () => {
    const first = await send(north, 'first');
    expect(first.status).toBe(202);
    await fill(limit / 2, north);
    const answer = await until(429, north);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    expect((await bodyOf<ProblemView>(answer)).code).toBe('taller_overloaded');
    expect((await send()).status).toBe(202);
    expect((await send({ ...north, dry_run: true })).status).toBe(200);
    const again = await send(north, 'first');
    expect([again.status, await again.text()]).toEqual([202, await first.text()]);
  });

  test('each event among many is answered on its own', async () => {
    await fill(limit / 2, north);
    await until(429, north);
    const events = [exampleEvent(north), exampleEvent()];
    const answer = await post(`${api.url}${dispatchPath}bulk/`, { events });
    const { results } = await bodyOf<BulkDispatchAnswer>(answer);
    expect(results.map(({ status, problem }) => [status, problem?.code])).toEqual([
      [429, 'taller_overloaded'],
      [202, undefined],
    ]);
  });

  test('a replay waits, too', async () => {
    const sent = await bodyOf<{ notifications: { notification_id: string }[] }>(await send());
    const id = sent.notifications[0]?.notification_id;
    await api.dataSource.query(
      `INSERT INTO dead_letter (id, kind, cause) VALUES ($1, 'notification', 'test')`,
      [id],
    );
    await fill(limit);
    await until(503);
    const path = `/api/v1/notifications/dead-letters/${id}/replay/`;
    const answer = await fetch(api.url + path, { method: 'POST' });
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([
      503,
      expect.stringMatching(/^\d+$/),
    ]);
    const letters = await api.dataSource.query('SELECT resolved_at FROM dead_letter');
    expect(letters).toEqual([{ resolved_at: null }]);
  });

  test('what is held for later keeps nobody out', async () => {
    await fill(limit);
    await until(503);
    await api.dataSource.query(`UPDATE message SET due_at = now() + interval '1 hour'`);
    expect((await until(202)).status).toBe(202);
  });
});

describe('when the database cannot follow', () => {
  test('503 while a connection is waited for longer than a second', async () => {
    const locker = api.dataSource.createQueryRunner();
    await locker.connect();
    await locker.startTransaction();
    await locker.query('LOCK TABLE customer IN ACCESS EXCLUSIVE MODE');
    const blocked = Array.from({ length: 8 }, () =>
      fetch(`${api.url}/api/v1/notifications/customers/`),
    );
    const late: Promise<Response>[] = [];
    let refused: Response | undefined;
    while (!refused) {
      const answer = send();
      late.push(answer);
      const first = await Promise.race([answer, isOneBehind()]);
      if (first?.status === 503) refused = first;
    }
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    await locker.rollbackTransaction();
    await locker.release();
    expect((await Promise.all(blocked)).map(({ status }) => status)).toEqual(Array(8).fill(200));
    const statuses = (await Promise.all(late)).map(({ status }) => status);
    expect(statuses.filter((status) => status !== 202 && status !== 503)).toEqual([]);
  }, 20_000);

  /** Lets the next dispatch be made while this one waits. */
  async function isOneBehind(): Promise<undefined> {
    await fetch(`${api.url}/health/live/`).then((answer) => answer.text());
  }

  test('503 when Postgres has no room left, and nothing is half-done', async () => {
    const events = await count('event');
    await api.dataSource.query(`
      CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100';
      END $$;
      CREATE TRIGGER no_room BEFORE INSERT ON message FOR EACH ROW EXECUTE FUNCTION no_room();
    `);
    const answer = await send();
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
    await api.dataSource.query('DROP TRIGGER no_room ON message; DROP FUNCTION no_room');
    expect(await count('event')).toBe(events);
    expect((await send()).status).toBe(202);
  });
});
