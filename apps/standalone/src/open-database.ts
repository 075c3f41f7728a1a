import type { DataSource } from 'typeorm';
import type { Configuration } from '#infrastructure/config/configuration.js';
import { createDataSource } from '#infrastructure/persistence/data-source.js';
import { StartRefusal } from './start-refusal.js';

/** Opens the database with a small pool. Throws {@link StartRefusal} naming where it was sought. */
export async function openDatabase(configuration: Configuration): Promise<DataSource> {
  const { sessionUrl } = configuration.database;
  const options = { applicationName: 'standalone' };
  const dataSource = createDataSource({ url: sessionUrl, poolSize: 2 }, options);
  try {
    return await dataSource.initialize();
  } catch (error) {
    const { host, pathname } = new URL(sessionUrl);
    const why = (error as NodeJS.ErrnoException).message || (error as { code?: string }).code;
    throw new StartRefusal(
      `La base de datos ${host}${pathname} no se abre (${why}): revise DATABASE_URL, o quítela para usar el Postgres incluido.`,
      `The database ${host}${pathname} cannot be opened (${why}): check DATABASE_URL, or remove it to use the embedded Postgres.`,
    );
  }
}
