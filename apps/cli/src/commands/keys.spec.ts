import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { hashApiKey } from '#infrastructure/persistence/api-key-secret.js';
import { findApiKey } from '#infrastructure/persistence/api-keys.js';
import { createDataSource } from '#infrastructure/persistence/data-source.js';
import { createTestDatabase } from '#infrastructure/testing/test-database.js';
import { CliError } from '../terminal/cli-error.js';
import { keysCommand } from './keys.js';

let database: { url: string; drop(): Promise<void> };
let dataSource: DataSource;
const { DATABASE_URL } = process.env;

beforeAll(async () => {
  database = await createTestDatabase();
  process.env.DATABASE_URL = database.url;
  dataSource = await createDataSource(
    { url: database.url, poolSize: 2 },
    { applicationName: 'test' },
  ).initialize();
});
afterAll(async () => {
  if (DATABASE_URL === undefined) delete process.env.DATABASE_URL;
  else process.env.DATABASE_URL = DATABASE_URL;
  await dataSource.destroy();
  await database.drop();
});

/** What the command prints with `--json`. */
async function keys(...words: string[]) {
  const write = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  try {
    await keysCommand().parseAsync([...words, '--json'], { from: 'user' });
    return JSON.parse(write.mock.calls.map(([text]) => String(text)).join(''));
  } finally {
    write.mockRestore();
  }
}
const allows = (key: string) => findApiKey(dataSource, hashApiKey(key));
const create = (...more: string[]) =>
  keys('create', '--name', 'Kiosco', '--scope', 'read', ...more);

test('a key that is made is good, and listed without itself', async () => {
  const { id, key } = await create('--scope', 'dispatch');
  expect(await allows(key)).toMatchObject({ id, scopes: ['dispatch', 'read'], tallerId: null });
  const listed = await keys('list');
  expect(listed).toContainEqual(expect.objectContaining({ id, name: 'Kiosco', status: 'active' }));
  expect(JSON.stringify(listed)).not.toContain(key);
});

test('a key that is revoked is good no more, and stays in the list', async () => {
  const { id, key } = await create();
  await keys('revoke', id);
  expect(await allows(key)).toBeNull();
  expect(await keys('list')).toContainEqual(expect.objectContaining({ id, status: 'revoked' }));
});

test('a key that is rotated goes on for its grace, and calls under the same name', async () => {
  const { id, key } = await create();
  const next = await keys('rotate', id, '--grace', '1h');
  expect(await allows(next.key)).toMatchObject({ id, scopes: ['read'] });
  expect(await allows(key)).toMatchObject({ id });
  const last = await keys('rotate', next.id, '--grace', '0');
  expect(await allows(next.key)).toBeNull();
  expect(await allows(last.key)).toMatchObject({ id });
});

test('the audit trail says what was done, and holds no key', async () => {
  const { id, key } = await create();
  const next = await keys('rotate', id);
  await keys('revoke', id);
  const entries = await dataSource.query(
    `SELECT action, author_id, changes::text FROM audit_entry
     WHERE resource = 'api_key' AND resource_id = $1 ORDER BY at`,
    [id],
  );
  expect(entries.map(({ action }: { action: string }) => action)).toEqual([
    'created',
    'rotated',
    'revoked',
  ]);
  const all = JSON.stringify(await dataSource.query('SELECT a::text FROM audit_entry a'));
  for (const secret of [key, next.key]) {
    expect(all).not.toContain(secret.slice(14));
    expect(all).not.toContain(hashApiKey(secret).toString('hex'));
  }
});

test.each([
  [['revoke', 'nonsense']],
  [['revoke', '0190aaaa-0000-7000-8000-00000000ffff']],
  [['rotate', '0190aaaa-0000-7000-8000-00000000ffff']],
  [['create', '--name', 'x', '--scope', 'everything']],
  [['create', '--name', '', '--scope', 'read']],
  [['create', '--name', 'x', '--scope', 'read', '--taller', 'nonsense']],
  [['create', '--name', 'x', '--scope', 'read', '--expires', '2001-01-01']],
])('%j is refused in one sentence', async (words) => {
  await expect(keys(...words)).rejects.toThrow(CliError);
});

test('a key is rotated once, and not after its end', async () => {
  const { id } = await create();
  const { id: next } = await keys('rotate', id);
  await expect(keys('rotate', id)).rejects.toThrow(CliError);
  await keys('revoke', next);
  await expect(keys('rotate', next)).rejects.toThrow(CliError);
});
