import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import type { DataSource } from 'typeorm';
import webPush from 'web-push';
import type { DispatchReceipt } from '#contracts/http/dispatch.dto.js';
import type { EventDetail } from '#contracts/http/events.dto.js';
import { createDataSource } from '#infrastructure/persistence/data-source.js';
import { loadSeed } from '#infrastructure/persistence/seed/load-seed.js';
import { freePort } from '#infrastructure/testing/free-port.js';
import { type HeldRows, holdRows } from '#infrastructure/testing/hold-rows.js';
import { createTestDatabase, runOn, withDatabase } from '#infrastructure/testing/test-database.js';
import { knownSecrets, secretsOfPeople } from './known-secrets.js';
import { SandboxClient } from './sandbox-client.js';
import { answersAt, type Spawned, spawnProgram } from './spawned.js';
import { startSandbox } from './start-sandbox.js';

/** A dispatch's answer. */
export interface Answer<Body> {
  status: number;
  headers: Headers;
  body: Body;
}

/** How long a state is waited for: the longest road is a lost lease and a look-up after it. */
const patienceMs = 60_000;

/** The whole service as an installation runs it, on a database of its own, before a sandbox. */
export class System {
  readonly processes: Spawned[] = [];

  private constructor(
    private readonly database: Awaited<ReturnType<typeof createTestDatabase>>,
    private readonly dataSource: DataSource,
    readonly sandbox: SandboxClient,
    private readonly environment: Record<string, string>,
    private readonly folder: string,
  ) {}

  /** Starts everything; `settings` are added to every process' environment. */
  static async start(settings: Record<string, string> = {}): Promise<System> {
    const folder = await mkdtemp(join(tmpdir(), 'ambacar-system-'));
    const database = await createTestDatabase();
    const options = { applicationName: 'system-test' };
    const dataSource = createDataSource({ url: database.url, poolSize: 3 }, options);
    await dataSource.initialize();
    await loadSeed(dataSource, { force: false });
    const sandbox = await startSandbox(folder);
    const vapid = webPush.generateVAPIDKeys();
    const system = new System(
      database,
      dataSource,
      new SandboxClient(sandbox.environment.EVOLUTION_API_URL ?? ''),
      {
        ...sandbox.environment,
        DATABASE_URL: database.url,
        DATABASE_POOL_SIZE: '4',
        API_AUTH: 'off',
        PORT: String(await freePort()),
        VAPID_PUBLIC_KEY: vapid.publicKey,
        VAPID_PRIVATE_KEY: vapid.privateKey,
        VAPID_CONTACT_EMAIL: 'avisos@example.com',
        SECRET_KEY: 'k'.repeat(40),
        WEBHOOK_SECRET: 'v'.repeat(40),
        BOUNCE_ADDRESS: 'rebotes@example.com',
        FRONTEND_URL: 'https://app.example.com',
        DELIVERY_RETRY_BASE_MS: '50',
        DELIVERY_SWEEP_INTERVAL_MS: '100',
        EVOLUTION_TIMEOUT: '2',
        WHATSAPP_PAIR_INTERVAL_MS: '0',
        LOG_LEVEL: 'debug',
        ...redisOfThisWorker(),
        ...settings,
      },
      folder,
    );
    system.processes.push(sandbox.program);
    await system.emptyQueue();
    await Promise.all([system.startApi(), system.startWorker(), system.startScheduler()]);
    return system;
  }

  get apiUrl(): string {
    return `http://127.0.0.1:${this.environment.PORT}`;
  }

  /** Where its data lies; `settings` may lead there by another way. */
  get databaseUrl(): string {
    return this.database.url;
  }

  /** Each start's `settings` are that process' alone. */
  startApi(settings: Record<string, string> = {}): Promise<Spawned> {
    return this.spawn('api', settings, () => answersAt(`${this.apiUrl}/health/ready`));
  }

  startWorker(settings: Record<string, string> = {}): Promise<Spawned> {
    return this.spawnProbed('worker', settings);
  }

  startScheduler(settings: Record<string, string> = {}): Promise<Spawned> {
    return this.spawnProbed('scheduler', settings);
  }

  /** The running process of this name that was started last. */
  process(name: string): Spawned {
    const found = this.processes.findLast((one) => one.name === name);
    if (!found) throw new Error(`no ${name} runs`);
    return found;
  }

  async dispatch<Body = DispatchReceipt>(
    body: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer<Body>> {
    const answer = await fetch(`${this.apiUrl}/api/v1/notifications/events/dispatch/`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    const parsed: Body = JSON.parse(await answer.text());
    return { status: answer.status, headers: answer.headers, body: parsed };
  }

  /** Dispatches what must be accepted; gives back the event's id. */
  async accept(body: unknown, headers: Record<string, string> = {}): Promise<string> {
    const answer = await this.dispatch(body, headers);
    if (answer.status !== 202) {
      throw new Error(`not accepted: ${answer.status} ${JSON.stringify(answer.body)}`);
    }
    return answer.body.event_id;
  }

  async event(id: string): Promise<EventDetail> {
    const answer = await fetch(`${this.apiUrl}/api/v1/notifications/events/${id}/`);
    if (!answer.ok) throw new Error(`event ${id}: ${answer.status} ${await answer.text()}`);
    const event: EventDetail = JSON.parse(await answer.text());
    return event;
  }

  /** Waits until an event is as wanted; throws with what it was instead. */
  async waitForEvent(id: string, isSo: (event: EventDetail) => boolean): Promise<EventDetail> {
    let event = await this.event(id);
    for (const givesUpAt = performance.now() + patienceMs; !isSo(event); ) {
      if (performance.now() > givesUpAt) throw new Error(`never so: ${JSON.stringify(event)}`);
      await pause(50);
      event = await this.event(id);
    }
    return event;
  }

  /** Waits until all notifications of an event have this state. */
  waitForState(id: string, state: string): Promise<EventDetail> {
    return this.waitForEvent(id, ({ notifications }) =>
      notifications.every((notification) => notification.state === state),
    );
  }

  /** Waits until no notification is open any more; gives back how many ended in which state. */
  async waitForAll(): Promise<Record<string, number>> {
    const givesUpAt = performance.now() + patienceMs;
    for (;;) {
      const rows = await this.query<{ state: string; count: number }>(
        'SELECT state, count(*)::int AS count FROM notification GROUP BY state',
      );
      const counts = Object.fromEntries(rows.map(({ state, count }) => [state, count]));
      if (!counts.in_progress) return counts;
      if (performance.now() > givesUpAt) throw new Error(`still open: ${JSON.stringify(counts)}`);
      await pause(100);
    }
  }

  /** Lets the sandbox's WhatsApp tell the API what becomes of messages; `plan` as it is called. */
  async hearReceipts(statuses: string[] = [], delayMs = 0, repeat = 1): Promise<void> {
    const { EVOLUTION_API_KEY = '', WEBHOOK_SECRET = '' } = this.environment;
    await this.sandbox.planReceipts({ statuses, delayMs, repeat });
    const url = `${this.apiUrl}/api/v1/webhooks/evolution`;
    await this.sandbox.reportTo(url, { 'x-webhook-secret': WEBHOOK_SECRET }, EVOLUTION_API_KEY);
  }

  /** Gives the API a mail that came back, as a mail server pipes it. */
  async returnMail(mail: string): Promise<number> {
    const { WEBHOOK_SECRET = '' } = this.environment;
    const answer = await fetch(`${this.apiUrl}/api/v1/webhooks/mail/`, {
      method: 'POST',
      headers: { 'content-type': 'message/rfc822', 'x-webhook-secret': WEBHOOK_SECRET },
      body: mail,
    });
    return answer.status;
  }

  /** Rows of the database. */
  query<Row = Record<string, unknown>>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    return this.dataSource.query<Row[]>(sql, parameters);
  }

  /** Makes leases run out now, instead of sleeping through them. Only while no worker lives. */
  async endLeases(): Promise<void> {
    await this.query(`UPDATE message SET lease_until = now() WHERE state = 'sending'`);
  }

  /** Makes everything that waits for a later time due now. */
  async skipWaits(): Promise<void> {
    await this.query(`UPDATE message SET due_at = now() WHERE state = 'queued'`);
  }

  /** Holds up every write of an event until it is released. */
  holdEvents(): Promise<HeldRows> {
    return holdRows(this.dataSource, 'LOCK TABLE event IN EXCLUSIVE MODE');
  }

  /** Lets nobody write or read the queue's jobs in Postgres until it is released. */
  holdQueue(): Promise<HeldRows> {
    return holdRows(this.dataSource, 'LOCK TABLE bullmq.job IN ACCESS EXCLUSIVE MODE');
  }

  /** Loses all that the queue's store holds. */
  async emptyQueue(): Promise<void> {
    if (!this.environment.REDIS_URL) {
      await this.query('TRUNCATE bullmq.job CASCADE');
      return;
    }
    const redis = new Redis(this.environment.REDIS_URL);
    await redis.flushdb();
    redis.disconnect();
  }

  /** Cuts every connection to the database but this test's own. */
  async cutConnections(): Promise<void> {
    await this.onServer(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${this.databaseName}'`,
    );
  }

  /** Lets nobody in, and sends away who is in. */
  async closeDatabase(): Promise<void> {
    await this.onServer(`ALTER DATABASE ${this.databaseName} ALLOW_CONNECTIONS false`);
    await this.cutConnections();
  }

  openDatabase(): Promise<void> {
    return this.onServer(`ALTER DATABASE ${this.databaseName} ALLOW_CONNECTIONS true`);
  }

  /** All that the processes of the service wrote; the sandbox's own words are left out. */
  logs(): string {
    const ours = this.processes.filter(({ name }) => name !== 'sandbox');
    return ours.map((program) => program.said()).join('\n');
  }

  /** Whatever belongs to a person or opens a door, as it is known to the database and to us. */
  async secrets(): Promise<string[]> {
    return knownSecrets(await this.query(secretsOfPeople), this.environment);
  }

  async stop(): Promise<void> {
    await Promise.all(this.processes.map((program) => program.end('SIGKILL')));
    await this.dataSource.destroy();
    await this.database.drop();
    await rm(this.folder, { recursive: true, force: true });
  }

  private get databaseName(): string {
    return new URL(this.database.url).pathname.slice(1);
  }

  private onServer(sql: string): Promise<void> {
    return runOn(withDatabase(this.database.url, 'postgres'), sql);
  }

  private async spawnProbed(
    name: 'worker' | 'scheduler',
    settings: Record<string, string>,
  ): Promise<Spawned> {
    const port = await freePort();
    return this.spawn(name, { ...settings, PROBE_PORT: String(port) }, () =>
      answersAt(`http://127.0.0.1:${port}/health/ready`),
    );
  }

  private async spawn(
    name: string,
    environment: Record<string, string>,
    isReady: () => Promise<boolean>,
  ): Promise<Spawned> {
    const all = { ...this.environment, ...environment };
    const program = await spawnProgram(name, `apps/${name}/src/main.js`, all, isReady);
    this.processes.push(program);
    return program;
  }
}

/** Files that run at once on one Redis have a database of it each. */
function redisOfThisWorker(): Record<string, string> {
  const { TEST_REDIS_URL, JEST_WORKER_ID = '1' } = process.env;
  if (!TEST_REDIS_URL) return {};
  return { REDIS_URL: `${TEST_REDIS_URL.replace(/\/\d*$/, '')}/${Number(JEST_WORKER_ID) % 16}` };
}
