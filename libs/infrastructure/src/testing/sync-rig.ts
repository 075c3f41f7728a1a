import type { DataSource } from 'typeorm';
import type { CoreCustomer, CoreVehicle } from '#domain/sync/core-record.js';
import { createDataSource } from '../persistence/data-source.js';
import { IdHashes } from '../persistence/erasure/id-hashes.js';
import { RunSyncTask } from '../persistence/sync/run-sync-task.js';
import { addSyncTask, type SyncPayload, SyncTasks } from '../persistence/sync/sync-tasks.js';
import { createTestDatabase } from './test-database.js';

/** A database of its own with workers on it, each with its own connections. */
export interface SyncRig {
  workers: SyncWorker[];
  /** The same workers, with another SECRET_KEY. */
  withHashes(hashes: IdHashes): SyncWorker[];
  query<Row = Record<string, unknown>>(sql: string): Promise<Row[]>;
  /** Takes away all that records can make. */
  clear(): Promise<void>;
  /** Sends payloads one after the other, each worked on to its end. */
  send(...payloads: SyncPayload[]): Promise<void>;
  /** All that records can change. */
  rows(): Promise<unknown>;
  close(): Promise<void>;
}

export async function openSyncRig(): Promise<SyncRig> {
  const database = await createTestDatabase();
  const open = async () => {
    const options = { applicationName: 'test' };
    const dataSource = createDataSource({ url: database.url, poolSize: 6 }, options);
    return aSyncWorker(await dataSource.initialize());
  };
  const [first, second] = [await open(), await open()];
  const workers = [first, second];
  return {
    workers,
    withHashes: (hashes) => workers.map(({ dataSource }) => aSyncWorker(dataSource, hashes)),
    query: (sql) => first.dataSource.query(sql),
    clear: () => first.dataSource.query(clear),
    send: async (...payloads) => {
      for (const payload of payloads) {
        await first.add(payload);
        await settle(workers);
      }
    },
    rows: async () => (await first.dataSource.query<unknown[]>(readRows))[0],
    close: async () => {
      for (const { dataSource } of workers) await dataSource.destroy();
      await database.drop();
    },
  };
}

// A TRUNCATE makes new files for some twenty tables, hundreds of times over.
const clear = `
  DELETE FROM customer; DELETE FROM sync_task; DELETE FROM source_record; DELETE FROM dead_letter;
  DELETE FROM erased_record
`;

const readRows = `
  SELECT
    (SELECT json_agg(json_build_array(id, name, email) ORDER BY id) FROM customer) AS customers,
    (SELECT json_agg(json_build_array(id, customer_id, plate) ORDER BY id) FROM vehicle)
      AS vehicles,
    (SELECT json_agg(json_build_array(customer_id, channel, enabled, priority)
       ORDER BY customer_id, channel) FROM customer_preference) AS preferences
`;

/** A customer as the core system tells of him. */
export function aCoreCustomer(
  id: string,
  version: number,
  changes: Partial<CoreCustomer> & { name?: string } = {},
): CoreCustomer {
  const { name = `${id} v${version}`, ...others } = changes;
  return {
    id,
    version: String(version),
    body: { name, email: null, phone: null, taller_id: null },
    preferences: {},
    ...others,
  };
}

export function aCoreVehicle(id: string, version: number, customerId: string | null): CoreVehicle {
  const words = { plate: `${id}-${version}`, make: 'Haval', model: 'H6', year: 2024 };
  return {
    id,
    version: String(version),
    body:
      customerId === null ? null : { ...words, customer_id: customerId, km: null, read_on: null },
  };
}

/** The objects with which a worker applies what was sent. */
function aSyncWorker(dataSource: DataSource, hashes = new IdHashes([])) {
  const woken: string[] = [];
  const tasks = new SyncTasks(dataSource);
  const wakeUps = { wake: (ids: readonly string[]) => void woken.push(...ids) };
  const runner = new RunSyncTask(dataSource, tasks, wakeUps, hashes, () => 0);
  const add = (payload: SyncPayload) => addSyncTask(dataSource.manager, payload, null);
  return { dataSource, woken, tasks, runner, add };
}

export type SyncWorker = ReturnType<typeof aSyncWorker>;

/** Runs tasks, each wait made short, until all have ended; workers take turns, some at once. */
export async function settle(workers: readonly SyncWorker[]): Promise<void> {
  const [first] = workers;
  if (!first) return;
  for (;;) {
    const [open] = await first.dataSource.query<[{ id: string }[], number]>(
      `UPDATE sync_task SET due_at = clock_timestamp() WHERE state = 'queued' RETURNING id`,
    );
    if (open.length === 0) return;
    await Promise.all(
      open.map(({ id }, index) => workers[index % workers.length]?.runner.execute(id)),
    );
  }
}
