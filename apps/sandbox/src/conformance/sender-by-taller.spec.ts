import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { OwnSenders } from '#infrastructure/channels/own-senders.js';
import { sealPurpose } from '#infrastructure/channels/own-settings.js';
import { SenderByTaller } from '#infrastructure/channels/sender-by-taller.js';
import { seal } from '#infrastructure/secrets/sealed-text.js';
import {
  openSeededDatabase,
  type SeededDatabase,
} from '#infrastructure/testing/seeded-database.js';
import { type Sandbox, startSandbox } from '../start-sandbox.js';
import { arrivedAt, ask } from '../testing/control.js';
import { makeRig, messageOf } from '../testing/sender-rigs.js';

const taller = '0190aaaa-0000-7000-8000-000000000001';
const secretKey = 'k'.repeat(32);
let sandbox: Sandbox;
let database: SeededDatabase;

beforeAll(async () => {
  sandbox = await startSandbox({ host: '127.0.0.1', httpPort: 0, smtpPort: 0 });
  database = await openSeededDatabase();
  await query(`INSERT INTO taller (id, slug, name) VALUES ($1, 'norte', 'Norte')`, [taller]);
});
beforeEach(async () => {
  await ask(sandbox, 'DELETE', 'messages');
  await query('DELETE FROM channel_setting');
});
afterAll(async () => {
  await database.close();
  await sandbox.close();
});

const query = (sql: string, parameters?: unknown[]) => database.dataSource.query(sql, parameters);

async function setEmail(from: string, sealed: string): Promise<void> {
  const settings = {
    host: '127.0.0.1',
    port: sandbox.smtpPort,
    security: 'none',
    user: 'norte',
    from_email: from,
  };
  await query(
    `INSERT INTO channel_setting (taller_id, channel, settings, sealed) VALUES ($1, 'email', $2, $3)
     ON CONFLICT (taller_id, channel) DO UPDATE
       SET settings = excluded.settings, sealed = excluded.sealed, updated_at = clock_timestamp()`,
    [taller, settings, sealed],
  );
}

const sealedPassword = () => seal(secretKey, sealPurpose(taller, 'email'), 'clave-del-correo');
const froms = async () =>
  (await arrivedAt(sandbox, 'channel=email')).map(({ headers }) => headers?.from);

async function rig(secretKeys = [secretKey]) {
  const { sender: house, address, content } = await makeRig('email', sandbox);
  const own = new OwnSenders(database.dataSource, { secretKeys, evolutionTimeoutMs: 5000 });
  const sender = new SenderByTaller(house, own, house.timeoutMs);
  const send = (tallerId: string | null) =>
    sender.send(messageOf({ address, content }, { tallerId }));
  return { send, close: () => sender.close() };
}

test('a workshop with settings of its own sends by them, all others by the house’s', async () => {
  await setEmail('Norte <norte@example.com>', await sealedPassword());
  const { send, close } = await rig();
  expect((await send(taller)).kind).toBe('accepted');
  expect((await send(null)).kind).toBe('accepted');
  expect((await send('0190aaaa-0000-7000-8000-0000000000ff')).kind).toBe('accepted');
  expect(await froms()).toEqual([
    'Norte <norte@example.com>',
    'Ambacar Service <avisos@example.com>',
    'Ambacar Service <avisos@example.com>',
  ]);
  await close();
});

test('a secret that does not open sends nothing by another’s name', async () => {
  await setEmail('Norte <norte@example.com>', await sealedPassword());
  const { send, close } = await rig(['o'.repeat(32)]);
  expect(await send(taller)).toMatchObject({ kind: 'misconfigured', code: 'secret_unreadable' });
  expect(await froms()).toEqual([]);
  await close();
});

test('settings that cannot be read are a passing failure; those known before go on', async () => {
  await setEmail('Norte <norte@example.com>', await sealedPassword());
  const { send, close } = await rig();
  await query('ALTER TABLE channel_setting RENAME TO away');
  try {
    expect(await send(taller)).toMatchObject({ kind: 'transient', code: 'settings_unavailable' });
    await query('ALTER TABLE away RENAME TO channel_setting');
    expect((await send(taller)).kind).toBe('accepted');
    await query('ALTER TABLE channel_setting RENAME TO away');
    expect((await send(taller)).kind).toBe('accepted');
  } finally {
    await query('ALTER TABLE IF EXISTS away RENAME TO channel_setting');
    await close();
  }
  expect(await froms()).toEqual(['Norte <norte@example.com>', 'Norte <norte@example.com>']);
});

test('changed and deleted settings count within five seconds', async () => {
  await setEmail('Antes <antes@example.com>', await sealedPassword());
  const { send, close } = await rig();
  await send(taller);
  await setEmail('Ahora <ahora@example.com>', await sealedPassword());
  await arrivesFrom('Ahora <ahora@example.com>', send);
  await query('DELETE FROM channel_setting');
  await arrivesFrom('Ambacar Service <avisos@example.com>', send);
  await close();
});

async function arrivesFrom(from: string, send: (id: string) => Promise<unknown>): Promise<void> {
  const givesUpAt = performance.now() + 25_000;
  do {
    await send(taller);
    if ((await froms()).includes(from)) return;
  } while (performance.now() < givesUpAt);
  throw new Error(`nothing came from ${from}`);
}
