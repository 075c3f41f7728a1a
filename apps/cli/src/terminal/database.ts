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
  // Migrations among other things need a session of their own.
  const { sessionUrl } = configuration.database;
  const options = { applicationName: 'cli' };
  const dataSource = createDataSource({ url: sessionUrl, poolSize: 2 }, options);
  try {
    await dataSource.initialize();
  } catch (error) {
    const { host, pathname } = new URL(sessionUrl);
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
