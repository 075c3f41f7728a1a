import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import webPush from 'web-push';
import {
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from '#infrastructure/embedded-postgres/start-embedded-postgres.js';
import type { Chance } from './chance.js';
import { type Disruption, RunJournals } from './journals.js';
import { Load } from './load.js';
import { addPerson } from './people.js';
import type { PrivateRedis } from './private-redis.js';
import { type Program, startProgram } from './programs.js';
import { Slot, type SlotEnd } from './slot.js';
import type { SmallDisk } from './small-disk.js';
import {
  freePorts,
  makeSchema,
  quick,
  settingsOf,
  startSandbox,
  tellReceipts,
} from './surroundings.js';
import { World } from './world.js';

export interface ArenaOptions {
  folder: string;
  chance: Chance;
  /** Null: the queue lies in Postgres. */
  redis: PrivateRedis | null;
  workers: number;
  /** Postgres' own; null: it lies with the rest of the run. */
  disk: SmallDisk | null;
}

/** The whole service as an installation runs it, before a sandbox, with a client that dispatches. */
export class Arena {
  readonly apis: Slot[] = [];
  readonly workers: Slot[] = [];
  readonly schedulers: Slot[] = [];
  /** Processes that ended without having been told or killed: a fault of the product. */
  readonly deaths: string[] = [];
  readonly load: Load;
  private readonly asked = new Set<Program>();

  private constructor(
    readonly options: ArenaOptions,
    readonly journals: RunJournals,
    readonly postgres: EmbeddedPostgres,
    readonly database: pg.Pool,
    readonly world: World,
    private readonly sandbox: Program,
    private readonly environment: Record<string, string>,
    private readonly ports: { apis: number[]; probes: number[] },
  ) {
    this.load = new Load({
      apiUrls: ports.apis.map((port) => `http://127.0.0.1:${port}`),
      journals,
      chance: options.chance,
      addPerson: (kind) => addPerson(database, world, kind),
    });
  }

  static async start(options: ArenaOptions): Promise<Arena> {
    const { folder, redis, workers } = options;
    await mkdir(folder, { recursive: true, mode: 0o711 });
    const journals = new RunJournals(folder);
    const postgres = await startEmbeddedPostgres({ dataFolder: join(folder, 'postgres') });
    await makeSchema(postgres.url, redis === null);
    const sandbox = startSandbox(folder);
    const settings = await settingsOf(sandbox);
    const vapid = webPush.generateVAPIDKeys();
    const database = new pg.Pool({ connectionString: postgres.url, max: 6 });
    database.on('error', () => undefined);
    const world = new World(settings.EVOLUTION_API_URL ?? '', journals);
    await world.fail();
    world.startJournal();
    const ports = { apis: await freePorts(2), probes: await freePorts(workers + 1) };
    const environment: Record<string, string> = {
      ...settings,
      ...quick,
      DATABASE_URL: postgres.url,
      ...(redis ? { REDIS_URL: redis.url } : {}),
      VAPID_PUBLIC_KEY: vapid.publicKey,
      VAPID_PRIVATE_KEY: vapid.privateKey,
    };
    const arena = new Arena(
      options,
      journals,
      postgres,
      database,
      world,
      sandbox,
      environment,
      ports,
    );
    await tellReceipts(settings, ports.apis[0] ?? 0);
    arena.open();
    try {
      await Promise.all(arena.slots.map((slot) => slot.ready()));
      return arena;
    } catch (error) {
      // Nobody else knows of its processes.
      await arena.stop();
      throw error;
    }
  }

  get slots(): Slot[] {
    return [...this.apis, ...this.workers, ...this.schedulers];
  }

  get redis(): PrivateRedis | null {
    return this.options.redis;
  }

  get databaseUrl(): string {
    return this.postgres.url;
  }

  /** Writes down that something was done, around the doing of it. */
  async disrupt(
    kind: Disruption['kind'],
    what: string,
    doing: () => Promise<unknown>,
  ): Promise<void> {
    const fromMs = Date.now();
    try {
      await doing();
    } finally {
      this.journals.add('disruptions', { kind, what, fromMs, toMs: Date.now() });
    }
  }

  /** Kills what runs in a slot, now. */
  async kill(slot: Slot): Promise<void> {
    const { program } = slot;
    program.signal('SIGKILL');
    await program.ended;
  }

  /** Tells what runs in a slot to go, and waits until it has. */
  async tellToGo(slot: Slot): Promise<SlotEnd> {
    const { program } = slot;
    this.asked.add(program);
    program.signal('SIGTERM');
    return program.ended;
  }

  /** Waits until nothing is open any more; false when that takes too long. */
  async atRest(withinMs: number): Promise<boolean> {
    for (const givesUpAt = Date.now() + withinMs; Date.now() < givesUpAt; await pause(250)) {
      const open = await this.database
        .query(
          `SELECT (SELECT count(*) FROM notification WHERE state = 'in_progress')
             + (SELECT count(*) FROM message WHERE state IN ('queued', 'sending')) AS open`,
        )
        .then(
          ({ rows }) => Number(rows[0]?.open),
          () => 1,
        );
      if (open === 0) return true;
    }
    return false;
  }

  /** Resolves when Postgres answers, and a little later, when those who lost it have found it. */
  async untilDatabaseAnswers(): Promise<void> {
    const answers = () =>
      this.database.query('SELECT 1').then(
        () => true,
        () => false,
      );
    while (!(await answers())) await pause(50);
    await pause(2000);
  }

  async stop(): Promise<void> {
    await this.world.closeJournal().catch(() => undefined);
    await Promise.all(this.slots.map((slot) => slot.close('SIGKILL')));
    this.sandbox.signal('SIGKILL');
    await this.database.end().catch(() => undefined);
    await this.postgres.stop();
    await this.redis?.kill();
    await this.options.disk?.unmount();
  }

  private open(): void {
    for (const port of this.ports.apis) {
      const own = { PORT: String(port) };
      this.apis.push(this.slot('api', port, own));
    }
    const [schedulerPort = 0, ...workerPorts] = this.ports.probes;
    for (const port of workerPorts) {
      this.workers.push(this.slot('worker', port, { PROBE_PORT: String(port) }));
    }
    const own = { PROBE_PORT: String(schedulerPort) };
    this.schedulers.push(this.slot('scheduler', schedulerPort, own));
  }

  private slot(app: string, port: number, own: Record<string, string>): Slot {
    const start = (extra: Record<string, string>) =>
      startProgram({
        name: app,
        path: `apps/${app}/src/main.js`,
        environment: { ...this.environment, ...own, ...extra },
        logFile: join(this.options.folder, `${app}.log`),
      });
    const onEnd = (program: Program, { atMs, signal, code }: SlotEnd) => {
      if (signal === 'SIGKILL') {
        const what = /crashed at (.+)\n/.exec(program.said())?.[1] ?? app;
        this.journals.add('disruptions', { kind: 'kill', what, fromMs: atMs, toMs: atMs });
      } else if (!this.asked.has(program)) {
        this.deaths.push(`${app} ended by itself (${signal ?? code}): ${lastWords(program)}`);
      } else if (code !== 0) this.deaths.push(`${app} was told to go and ended with ${code}`);
    };
    return new Slot(`${app}:${port}`, `http://127.0.0.1:${port}/health/ready`, start, onEnd);
  }
}

function lastWords(program: Program): string {
  return program.said().trim().split('\n').slice(-3).join(' / ').slice(0, 500);
}
