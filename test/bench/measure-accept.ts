import { dispatchPath, nextDispatch } from './dispatch-body.js';
import { freePort, type Instance } from './instance.js';
import { type LoadResult, load } from './load.js';
import { startProgram } from './processes.js';

export interface AcceptResult extends LoadResult {
  /** CPU of all our processes and Postgres for each accepted dispatch, in milliseconds. */
  cpuMsEach: number;
}

const connections = 32;
const never = `timestamptz '2100-01-01Z'`;

/** Accepting alone, the worker stopped; then accepting while the worker drains. */
export async function measureAccept(
  instance: Instance,
  requests: number,
): Promise<{ floor: LoadResult; alone: AcceptResult; draining: AcceptResult }> {
  await accept(instance, Math.min(requests, 2000));
  await instance.provider.waitFor(Math.min(requests, 2000));
  await instance.stopWorker();
  const floor = await measureFloor(instance, requests);
  const alone = await accept(instance, requests);
  await instance.provider.reset(0);
  await instance.startWorker();
  await instance.provider.waitFor(requests);
  await instance.provider.reset(0);
  const draining = await accept(instance, requests);
  await instance.provider.waitFor(requests);
  return { floor, alone, draining };
}

async function accept(instance: Instance, requests: number): Promise<AcceptResult> {
  const before = instance.cpuMs();
  const result = await load(instance.apiUrl, dispatchPath, () => nextDispatch().body, {
    requests,
    connections,
    expectedStatus: 202,
  });
  return { ...result, cpuMsEach: (instance.cpuMs() - before) / requests };
}

/**
 * The same rows by a bare handler, on the same Postgres: copies of what the service wrote, as
 * they are before a worker takes them, and due so late that none ever does.
 */
async function measureFloor(instance: Instance, requests: number): Promise<LoadResult> {
  const [rows] = await instance.database.query<{ rows: unknown }[]>(`
    SELECT json_build_object(
      'event', e,
      'notification', to_jsonb(n) || '{"state": "in_progress", "ended_at": null}',
      'message', to_jsonb(m) || jsonb_build_object('state', 'queued', 'due_at', ${never},
        'attempts', 0, 'fence', 0, 'sent_at', NULL, 'provider_message_id', NULL)) AS rows
    FROM event e JOIN notification n ON n.event_id = e.id JOIN message m ON m.notification_id = n.id
    ORDER BY e.created_at DESC LIMIT 1
  `);
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const program = await startProgram(
    'floor-insert',
    'test/bench/floor-insert-program.js',
    {
      DATABASE_URL: instance.databaseUrl,
      FLOOR_PORT: String(port),
      FLOOR_ROWS: JSON.stringify(rows?.rows),
    },
    async () => (await fetch(origin)).ok,
  );
  const options = { connections, expectedStatus: 202 };
  await load(origin, '/', () => '{}', { requests: 1000, ...options });
  const result = await load(origin, '/', () => '{}', { requests, ...options });
  await program.stop();
  await instance.database.query(`DELETE FROM message WHERE due_at = ${never}`);
  return result;
}
