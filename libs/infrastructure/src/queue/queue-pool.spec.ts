import { afterAll, expect, test } from '@jest/globals';
import { createTestDatabase, runOn } from '../testing/test-database.js';
import { createQueuePool } from './queue-pool.js';

const database = await createTestDatabase();
afterAll(() => database.drop());

test('the end of Postgres reaches nobody as an error without a listener, whoever took them all', async () => {
  const pool = createQueuePool(database.url, 'bullmq', true);
  const client = await pool.connect();
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  client.removeAllListeners();
  const ended = new Promise<void>((resolve) => client.once('end', resolve));
  await runOn(database.url, `SELECT pg_terminate_backend(${rows[0]?.pid})`);
  await ended;
  await expect(client.query('SELECT 1')).rejects.toThrow();
  client.release(true);
  await pool.end();
});
