import pg from 'pg';
import { DataSource } from 'typeorm';
import { migrations } from '#migrations/schema/migrations.js';
import { schemas } from './schema/schemas.js';

export interface DataSourceOptions {
  /** What Postgres' own lists call this process' connections. */
  applicationName: string;
  /** Connections at most; the configuration's by default. */
  poolSize?: number;
}

/**
 * The door to Postgres; `initialize()` opens it. Losing an idle connection, as when Postgres
 * restarts, costs the next query a new one and never the process.
 */
export function createDataSource(
  database: { url: string; poolSize: number },
  options: DataSourceOptions,
): DataSource {
  return new DataSource({
    type: 'postgres',
    url: database.url,
    driver: { ...pg, Pool: SafePool },
    applicationName: options.applicationName,
    poolSize: options.poolSize ?? database.poolSize,
    connectTimeoutMS: 5000,
    entities: schemas,
    migrations,
    migrationsTransactionMode: 'each',
    // A managed Postgres may not let us make extensions; the migration that likes one asks itself.
    installExtensions: false,
    invalidWhereValuesBehavior: { null: 'throw', undefined: 'throw' },
    extra: { keepAlive: true, onConnect: setTimeouts },
  });
}

/**
 * A client that is lent out has no error listener of the pool's, so the end of its connection
 * between two queries would be an unhandled 'error' event.
 */
class SafePool extends pg.Pool {
  constructor(config?: pg.PoolConfig) {
    super(config);
    this.on('connect', (client) => client.on('error', () => undefined));
  }
}

/**
 * Said as a statement, not as start-up parameters: PgBouncer refuses those. Behind a pooler the
 * setting may reach a connection of another of our processes, which wants the same.
 */
async function setTimeouts(client: pg.ClientBase): Promise<void> {
  await client.query(
    `SET statement_timeout = '30s'; SET idle_in_transaction_session_timeout = '30s'`,
  );
}
