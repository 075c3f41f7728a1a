import pg from 'pg';
import type { DataSource } from 'typeorm';
import type { Configuration } from '#infrastructure/config/configuration.js';
import { pendingMigrations } from '#infrastructure/persistence/migrate.js';
import { withDatabase } from '../terminal/database.js';
import { say } from '../terminal/say.js';
import { check, type Finding } from './check.js';

/** BullMQ's Postgres backend wants it, and so does `UNIQUE NULLS NOT DISTINCT` (15). */
const oldestPostgres = 15;

/** What the database must offer and hold. One finding alone where it cannot be opened. */
export async function checkDatabase(configuration: Configuration): Promise<Finding[]> {
  const fix = say(
    'Arranque la base de datos o corrija DATABASE_URL.',
    'Start the database, or correct DATABASE_URL.',
  );
  try {
    return await withDatabase(configuration, async (dataSource) => [
      await check('PostgreSQL', fix, () => version(dataSource)),
      await check(say('Esquema', 'Schema'), 'npm run cli -- migrate', () =>
        noPendingMigrations(dataSource),
      ),
      await check(
        'LISTEN/NOTIFY',
        say(
          'Conéctese sin PgBouncer en modo transacción: use su puerto de sesión.',
          'Connect past PgBouncer’s transaction mode: use its session port.',
        ),
        () => notifies(configuration.database.url),
      ),
      await check(
        say('Plantillas', 'Templates'),
        say(
          'Escriba las que faltan, apague esas celdas, o: npm run cli -- seed',
          'Write the missing ones, turn those cells off, or: npm run cli -- seed',
        ),
        () => noMissingTemplates(dataSource),
      ),
    ]);
  } catch (error) {
    return [await check('PostgreSQL', fix, () => Promise.reject(error))];
  }
}

async function version(dataSource: DataSource): Promise<string> {
  const [{ server_version: text }] = await dataSource.query('SHOW server_version');
  if (Number.parseInt(text, 10) < oldestPostgres) {
    throw new Error(
      say(`${text}, y hace falta ${oldestPostgres}`, `${text}, and ${oldestPostgres} is needed`),
    );
  }
  return text;
}

async function noPendingMigrations(dataSource: DataSource): Promise<string> {
  const pending = await pendingMigrations(dataSource);
  if (pending.length > 0) {
    throw new Error(`${say('faltan', 'pending')}: ${pending.join(', ')}`);
  }
  return say('al día', 'up to date');
}

async function notifies(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  await client.connect();
  try {
    const begun = performance.now();
    const heard = new Promise<void>((resolve, reject) => {
      client.once('notification', () => resolve());
      client.once('error', reject);
      setTimeout(() => reject(new Error(say('nada en 3 s', 'nothing in 3 s'))), 3000).unref();
    });
    await client.query('LISTEN doctor');
    await client.query('NOTIFY doctor');
    await heard;
    return `${Math.round(performance.now() - begun)} ms`;
  } finally {
    await client.end();
  }
}

async function noMissingTemplates(dataSource: DataSource): Promise<string> {
  const missing: { cell: string }[] = await dataSource.query(`
    SELECT concat_ws(' / ', service_type.slug, config.target, phase.slug, cell.channel) AS cell
    FROM matrix_cell cell
    JOIN orchestration_config config ON config.id = cell.config_id AND config.is_active
    JOIN service_type ON service_type.id = config.service_type_id
    JOIN phase ON phase.id = cell.phase_id
    WHERE cell.enabled AND NOT EXISTS (
      SELECT FROM template
      WHERE template.is_active AND template.channel = cell.channel
        AND template.target = config.target AND template.phase_id = cell.phase_id
        AND template.service_type_id = config.service_type_id
        AND template.subtype_id IS NULL AND template.event_type IS NULL
        AND (template.taller_id IS NULL OR template.taller_id = config.taller_id))
    ORDER BY 1`);
  if (missing.length > 0) {
    const shown = missing.slice(0, 5).map(({ cell }) => cell);
    throw new Error(`${say('faltan', 'missing')} ${missing.length}: ${shown.join('; ')}`);
  }
  return say('ninguna celda sin plantilla', 'no cell without a template');
}
