import type { DataSource } from 'typeorm';
import type { Configuration } from '#infrastructure/config/configuration.js';
import { createDataSource } from '#infrastructure/persistence/data-source.js';
import { CliError } from './cli-error.js';
import { say } from './say.js';

/** Does something with the database and closes it. Throws {@link CliError} where it is not there. */
export async function withDatabase<T>(
  configuration: Configuration,
  work: (dataSource: DataSource) => Promise<T>,
): Promise<T> {
  const dataSource = createDataSource(configuration.database, {
    applicationName: 'cli',
    poolSize: 2,
  });
  try {
    await dataSource.initialize();
  } catch (error) {
    const { host, pathname } = new URL(configuration.database.url);
    const { message, code } = error as NodeJS.ErrnoException;
    throw new CliError(
      say(
        `La base de datos ${host}${pathname} no se abre (${message || code}): revise DATABASE_URL.`,
        `The database ${host}${pathname} cannot be opened (${message || code}): check DATABASE_URL.`,
      ),
      { database: `${host}${pathname}` },
    );
  }
  try {
    return await work(dataSource);
  } finally {
    await dataSource.destroy();
  }
}
