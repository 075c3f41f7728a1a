import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openSeededDatabase, type SeededDatabase } from '../../testing/seeded-database.js';

let database: SeededDatabase;

beforeAll(async () => {
  database = await openSeededDatabase();
});
afterAll(() => database.close());

const query = (sql: string, parameters?: unknown[]) => database.dataSource.query(sql, parameters);

describe('the account of a message', () => {
  test.each([
    ['email', null, null, 'email:house'],
    ['whatsapp', '0190aaaa-0000-7000-8000-0000000000aa', null, 'whatsapp:house'],
    ['push', null, 'https://FCM.googleapis.com/fcm/send/x', 'push:fcm.googleapis.com'],
    ['push', null, 'http://127.0.0.1:8025', 'push:127.0.0.1:8025'],
  ])('by %s of workshop %s at %s is %s', async (channel, taller, endpoint, name) => {
    const [row] = await query('SELECT provider_account_of($1, $2, $3) AS name', [
      channel,
      taller,
      endpoint,
    ]);
    expect(row.name).toBe(name);
  });

  test('is a workshop’s own where it has settings of its own', async () => {
    const id = '0190aaaa-0000-7000-8000-0000000000ab';
    await query(
      `INSERT INTO taller (id, name, slug, time_zone) VALUES ($1, 'Norte', 'norte', 'America/Guayaquil')`,
      [id],
    );
    await query(
      `INSERT INTO channel_setting (taller_id, channel, settings) VALUES ($1, 'whatsapp', '{}')`,
      [id],
    );
    const [row] = await query(
      `SELECT provider_account_of('whatsapp', $1, NULL) AS own, provider_account_of('email', $1, NULL) AS house`,
      [id],
    );
    expect(row).toEqual({ own: `whatsapp:${id}`, house: 'email:house' });
  });
});
