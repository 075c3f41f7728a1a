import type { DataSource } from 'typeorm';
import type { Configuration } from '#infrastructure/config/configuration.js';
import { pendingMigrations } from '#infrastructure/persistence/migrate.js';
import { checkListening } from '#infrastructure/queue/check-listening.js';
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
  const { url, sessionUrl } = configuration.database;
  try {
    return await withDatabase(configuration, async (dataSource) => [
      await check('PostgreSQL', fix, () => version(dataSource)),
      await check(say('Esquema', 'Schema'), 'npm run cli -- migrate', () =>
        noPendingMigrations(dataSource),
      ),
      await check(
        'LISTEN/NOTIFY',
        say(
          'Indique en QUEUE_DATABASE_URL una conexión de sesión a la misma base de datos; en Supabase, el puerto 5432 en lugar del 6543.',
          'Name a session connection to the same database in QUEUE_DATABASE_URL; with Supabase, port 5432 in place of 6543.',
        ),
        async () => `${await checkListening(sessionUrl, url)} ms`,
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
