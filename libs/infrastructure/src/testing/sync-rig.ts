import type { DataSource } from 'typeorm';
import type { CoreCustomer, CoreVehicle } from '#domain/sync/core-record.js';
import { createDataSource } from '../persistence/data-source.js';
import { RunSyncTask } from '../persistence/sync/run-sync-task.js';
import { addSyncTask, type SyncPayload, SyncTasks } from '../persistence/sync/sync-tasks.js';
import { createTestDatabase } from './test-database.js';

/** A database of its own with so many workers on it, each with its own connections. */
export async function openSyncWorkers(
  count: number,
): Promise<{ url: string; workers: SyncWorker[]; close(): Promise<void> }> {
  const database = await createTestDatabase();
  const workers: SyncWorker[] = [];
  for (let index = 0; index < count; index += 1) {
    const options = { applicationName: 'test' };
    const dataSource = createDataSource({ url: database.url, poolSize: 6 }, options);
    workers.push(aSyncWorker(await dataSource.initialize()));
  }
  return {
    url: database.url,
    workers,
    close: async () => {
      for (const { dataSource } of workers) await dataSource.destroy();
      await database.drop();
    },
  };
}

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
function aSyncWorker(dataSource: DataSource) {
  const woken: string[] = [];
  const tasks = new SyncTasks(dataSource);
  const wakeUps = { wake: (ids: readonly string[]) => void woken.push(...ids) };
  const runner = new RunSyncTask(dataSource, tasks, wakeUps, () => 0);
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
