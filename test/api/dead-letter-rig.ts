import type { ReplayView } from '#contracts/http/dead-letters.dto.js';
import type { DispatchReceipt } from '#contracts/http/dispatch.dto.js';
import type { SyncReceipt } from '#contracts/http/sync.dto.js';
import { webhookReader } from '#infrastructure/channels/read-webhook.js';
import { createApiKey } from '#infrastructure/persistence/api-keys.js';
import { IdHashes } from '#infrastructure/persistence/erasure/id-hashes.js';
import { ReceivedWebhooks } from '#infrastructure/persistence/receipts/received-webhooks.js';
import { Schedules } from '#infrastructure/persistence/schedules.js';
import { RunSyncTask } from '#infrastructure/persistence/sync/run-sync-task.js';
import { SyncTasks } from '#infrastructure/persistence/sync/sync-tasks.js';
import { aProcess, ended } from '#infrastructure/testing/seeded-database.js';
import {
  bodyOf,
  dispatchPath,
  exampleEvent,
  post,
  startTestApi,
  type TestApi,
} from './start-test-api.js';

export const internalSecret = 'the-secret-of-the-core-system-0001';
export const letters = '/api/v1/notifications/dead-letters/';
export const events = '/api/v1/notifications/events/';

type Headers = Record<string, string>;

/** The API with a key of an administrator, and ways to make things fail for good. */
export class DeadLetterRig {
  private constructor(
    readonly api: TestApi,
    readonly admin: Headers,
  ) {}

  static async start(): Promise<DeadLetterRig> {
    const api = await startTestApi({ API_AUTH: 'keys', INTERNAL_API_SECRET_KEY: internalSecret });
    return new DeadLetterRig(api, await keyWith(api, ['admin', 'dispatch']));
  }

  keyWith(scopes: ('admin' | 'write')[], tallerId: string | null = null): Promise<Headers> {
    return keyWith(this.api, scopes, tallerId);
  }

  query<Row = Record<string, unknown>>(sql: string, parameters?: unknown[]): Promise<Row[]> {
    return this.api.dataSource.query<Row[]>(sql, parameters);
  }

  async clear(): Promise<void> {
    await this.query(
      'TRUNCATE event, notification, message, timeline, dead_letter, sync_task, source_record, received_webhook, schedule_run',
    );
  }

  /** What a GET answers, which must be a 200. */
  async get<T>(path: string, headers = this.admin): Promise<T> {
    const answer = await fetch(this.api.url + path, { headers });
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`);
    return bodyOf<T>(answer);
  }

  async statusOf(path: string, headers: Headers = {}): Promise<number> {
    return (await fetch(this.api.url + path, { headers })).status;
  }

  ask(id: string, headers = this.admin): Promise<Response> {
    return fetch(`${this.api.url}${letters}${id}/replay/`, { method: 'POST', headers });
  }

  /** Replays one that must be there. */
  async replay(id: string): Promise<ReplayView> {
    const answer = await this.ask(id);
    if (answer.status !== 200) throw new Error(`replay: ${answer.status}`);
    return bodyOf<ReplayView>(answer);
  }

  /** Dispatches an event whose every channel then fails; gives back event and notification. */
  async fail(changes: Record<string, unknown> = {}): Promise<{ eventId: string; id: string }> {
    const url = this.api.url + dispatchPath;
    const answer = await post(url, exampleEvent(changes), this.admin);
    const { event_id: eventId, notifications } = await bodyOf<DispatchReceipt>(answer);
    await this.failOpen(eventId);
    return { eventId, id: notifications[0]?.notification_id ?? '' };
  }

  /** Lets every channel fail that an event still has. */
  async failOpen(eventId: string): Promise<void> {
    const { ledger } = aProcess(this.api.dataSource);
    for (;;) {
      const open = await this.query<{ id: string }>(
        `SELECT m.id FROM message m JOIN notification n ON n.id = m.notification_id
         WHERE n.event_id = $1 AND m.state = 'queued'`,
        [eventId],
      );
      if (open.length === 0) return;
      const ids = open.map(({ id }) => id);
      for (const message of await ledger.claim(ids, 60_000)) {
        await ledger.record(ended(message, 'next_rung'));
      }
    }
  }

  /** Sends a vehicle whose customer never comes, until its task is given up. */
  async failTask(): Promise<string> {
    const record = {
      vehicle_id: 'haval',
      customer_id: 'not-yet',
      plate: 'ABC123',
      make: 'Haval',
      model: 'H6',
      version: 1,
    };
    const url = `${this.api.url}/api/internal/v1/vehicles/sync/`;
    const answer = await post(url, record, { 'x-internal-secret': internalSecret });
    const { task_id: id } = await bodyOf<SyncReceipt>(answer);
    for (let attempt = 0; attempt < 5; attempt += 1) {
      await this.query('UPDATE sync_task SET due_at = now()');
      await this.work(id);
    }
    return id;
  }

  /** Takes in what no provider says. */
  async failWebhook(): Promise<string> {
    const webhooks = new ReceivedWebhooks(this.api.dataSource);
    const id = await webhooks.keep('evolution', Buffer.from('{'));
    await webhooks.apply(1, webhookReader(null));
    return id;
  }

  /** Lets the run of a schedule fail until its tries are used up. */
  async failRun(): Promise<string> {
    const schedules = new Schedules(this.api.dataSource);
    const name = 'retry_failed_notifications';
    for (let tries = 0; tries < 4; tries += 1) {
      const dueAt = new Date('2026-01-25T13:00:00Z');
      const run = await schedules.take(name, dueAt, ['America/Guayaquil']);
      if (run) await schedules.finish(run, 'failed', { error: 'Error: no route' });
      await this.query(`UPDATE schedule_run SET started_at = now() - interval '11 minutes'`);
    }
    const [letter] = await this.query<{ id: string }>(
      `SELECT id FROM dead_letter WHERE kind = 'schedule'`,
    );
    return letter?.id ?? '';
  }

  /** Works on a task as a worker does. */
  work(taskId: string): Promise<void> {
    const { dataSource } = this.api;
    const wakeUps = { wake: () => undefined };
    const tasks = new SyncTasks(dataSource);
    const hashes = new IdHashes([]);
    return new RunSyncTask(dataSource, tasks, wakeUps, hashes, () => 0).execute(taskId);
  }

  /** The notifications of an event, oldest first. */
  states(eventId: string): Promise<Record<string, unknown>[]> {
    return this.query(
      'SELECT id, state, replay_of FROM notification WHERE event_id = $1 ORDER BY created_at',
      [eventId],
    );
  }
}

async function keyWith(
  { dataSource }: TestApi,
  scopes: ('admin' | 'dispatch' | 'write')[],
  tallerId: string | null = null,
): Promise<Headers> {
  const { key } = await createApiKey(dataSource, { name: 'test', scopes, tallerId });
  return { 'x-api-key': key };
}
