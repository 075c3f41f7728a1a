import type { DataSource } from 'typeorm';
import type { ConnectionView, DatabaseHealthView } from '#contracts/http/health.dto.js';
import type { Configuration } from '#infrastructure/config/configuration.js';

const believedForMs = 5000;
const timeoutMs = 1000;
/** Seconds after which pg's pool closes an idle connection: its default. */
const idleSeconds = 10;

/**
 * What is told of the database. Asked once in 5 seconds however many ask, and given 1 second: a
 * page that anyone may call must not become a load.
 */
export class DatabaseReport {
  private last: { report: Promise<DatabaseHealthView>; until: number } | undefined;

  constructor(
    private readonly dataSource: DataSource,
    private readonly configuration: Configuration,
  ) {}

  read(): Promise<DatabaseHealthView> {
    if (this.last && this.last.until > performance.now()) return this.last.report;
    const report = this.ask();
    this.last = { report, until: performance.now() + believedForMs };
    return report;
  }

  private async ask(): Promise<DatabaseHealthView> {
    const answer = this.dataSource.query<{ version: string; user: string; name: string }[]>(
      `SELECT current_setting('server_version') AS version, current_user::text AS user,
         current_database() AS name`,
    );
    const rows = await within(timeoutMs, answer).catch(() => []);
    const [row] = rows;
    if (!row) return { status: 'unhealthy' };
    const { hostname, port } = new URL(this.configuration.database.url);
    return {
      status: 'healthy',
      database: {
        engine: 'postgresql',
        name: row.name,
        host: hostname,
        port: Number(port || 5432),
        user: row.user,
        version: `PostgreSQL ${row.version.split(' ')[0]}`,
        is_supabase: /(?:^|\.)supabase\.(?:co|com)$/.test(hostname),
      },
      connection: this.connection(),
    };
  }

  private connection(): ConnectionView {
    const pool: object =
      'master' in this.dataSource.driver ? Object(this.dataSource.driver.master) : {};
    const count = (name: string) => Number(Reflect.get(pool, name) ?? 0);
    return {
      max_age: idleSeconds,
      health_checks_enabled: true,
      pool_size: this.configuration.database.poolSize,
      open: count('totalCount'),
      idle: count('idleCount'),
      waiting: count('waitingCount'),
    };
  }
}

function within<T>(limitMs: number, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('too slow')), limitMs);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
