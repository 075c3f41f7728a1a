import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { DataSource } from 'typeorm';
import type { ProviderHealth } from '#domain/ports/channel-sender.js';
import { createDataSource } from '../persistence/data-source.js';
import { createTestDatabase } from '../testing/test-database.js';
import { OwnSenders } from './own-senders.js';
import { ProviderChecks } from './provider-checks.js';
import { UnconfiguredSender } from './unconfigured-sender.js';

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let dataSource: DataSource;
let own: OwnSenders;

beforeAll(async () => {
  database = await createTestDatabase();
  dataSource = createDataSource({ url: database.url, poolSize: 1 }, { applicationName: 'spec' });
  await dataSource.initialize();
  own = new OwnSenders(dataSource, { secretKeys: [], evolutionTimeoutMs: 1000 });
});
afterAll(async () => {
  await own.close();
  await dataSource.destroy();
  await database.drop();
});

/** A sender whose provider answers as it is told to. */
class AskedSender extends UnconfiguredSender {
  asked = 0;
  isClosed = false;

  constructor(private readonly answer: () => Promise<ProviderHealth>) {
    super('email', []);
  }

  override probe(): Promise<ProviderHealth> {
    this.asked += 1;
    return this.answer();
  }

  override async close(): Promise<void> {
    this.isClosed = true;
  }
}

const well = async () => ({ healthy: true, detail: 'hello' });
const checksOf = (sender: AskedSender, limits = { timeoutMs: 1000, believedForMs: 60_000 }) =>
  new ProviderChecks(new Map([['email', sender]]), own, limits);

describe('the check of a provider', () => {
  test('asks once, however many want to know', async () => {
    const sender = new AskedSender(well);
    const checks = checksOf(sender);
    const told = await Promise.all([1, 2, 3].map(() => checks.check('email', null)));
    told.push(await checks.check('email', null));
    expect(new Set(told).size).toBe(1);
    expect(told[0]).toMatchObject({ answers: true, detail: 'hello' });
    expect(sender.asked).toBe(1);
  });

  test('asks again when the answer is old', async () => {
    const sender = new AskedSender(well);
    const checks = checksOf(sender, { timeoutMs: 1000, believedForMs: 0 });
    await checks.check('email', null);
    await checks.check('email', null);
    expect(sender.asked).toBe(2);
  });

  test('takes silence for an answer', async () => {
    const silent = new AskedSender(() => new Promise(() => undefined));
    const check = await checksOf(silent, { timeoutMs: 20, believedForMs: 0 }).check('email', null);
    expect(check).toMatchObject({ answers: false, detail: 'no answer within 20 ms' });
  });

  test('never rejects', async () => {
    const broken = new AskedSender(() => Promise.reject(new Error('secret')));
    const check = await checksOf(broken).check('email', null);
    expect(check).toMatchObject({ answers: false, detail: 'the provider cannot be asked' });
    expect(await checksOf(broken).check('push', null)).toMatchObject({ answers: false });
  });

  test("is of a workshop's own provider, where it has one", async () => {
    const north = '0190aaaa-0000-7000-8000-000000000001';
    await dataSource.query(`INSERT INTO taller (id, slug, name) VALUES ($1, 'north', 'N')`, [
      north,
    ]);
    await dataSource.query(
      `INSERT INTO channel_setting (taller_id, channel, settings) VALUES ($1, 'email', $2)`,
      [
        north,
        { host: '127.0.0.1', port: 9, security: 'none', user: null, from_email: 'a@example.com' },
      ],
    );
    const checks = checksOf(new AskedSender(well));
    expect(await checks.check('email', null)).toMatchObject({ answers: true });
    expect(await checks.check('email', north)).toMatchObject({ answers: false });
  });

  test('lets go of the senders in the end', async () => {
    const sender = new AskedSender(well);
    await checksOf(sender).onModuleDestroy();
    expect(sender.isClosed).toBe(true);
  });
});
