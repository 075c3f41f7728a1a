import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { PostgresBinaries } from './binaries.js';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { asIdentity, chooseIdentity, type ProcessIdentity } from './process-identity.js';

const run = promisify(execFile);

/** A folder of data that Postgres can be started on. */
export interface Cluster {
  /** What Postgres calls its data directory. */
  folder: string;
  /** Of the only role, `postgres`. */
  password: string;
  identity: ProcessIdentity;
  /** Made by this start. */
  isNew: boolean;
}

/** Made under this name and renamed when whole, so that a `kill -9` leaves nothing half-made. */
const unfinished = 'cluster.unfinished';

/**
 * Opens the data below `dataFolder`, or makes it where there is none. Never deletes data. The
 * caller holds the folder's lock. Throws {@link EmbeddedPostgresError}.
 */
export async function openCluster(
  binaries: PostgresBinaries,
  dataFolder: string,
  durable: boolean,
): Promise<Cluster> {
  const folder = join(dataFolder, 'cluster');
  const passwordFile = join(dataFolder, 'password');
  if (!existsSync(folder)) {
    const password = randomBytes(24).toString('base64url');
    writeFileSync(passwordFile, password, { mode: 0o600 });
    return create(binaries, dataFolder, password, durable);
  }
  refuseDamaged(folder, passwordFile);
  const password = readFileSync(passwordFile, 'utf8').trim();
  return {
    folder,
    password,
    identity: await chooseIdentity(binaries, folder, false),
    isNew: false,
  };
}

async function create(
  binaries: PostgresBinaries,
  dataFolder: string,
  password: string,
  durable: boolean,
): Promise<Cluster> {
  const draft = join(dataFolder, unfinished);
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  const identity = await chooseIdentity(binaries, draft, true);
  // Inside the draft, whose owner may read it; initdb wants an empty folder, so one level deeper.
  const folder = join(draft, 'data');
  const passwordFile = join(draft, 'password');
  mkdirSync(folder, { mode: 0o700 });
  writeFileSync(passwordFile, password, { mode: 0o600 });
  const owner = statSync(draft);
  if (process.getuid?.() === 0) {
    for (const path of [folder, passwordFile]) chownSync(path, owner.uid, owner.gid);
  }
  try {
    await run(
      ...asIdentity(identity, binaries.initdb, initdbOptions(folder, passwordFile, durable)),
    );
  } catch (error) {
    throw initdbFailed(error, dataFolder);
  }
  const finished = join(dataFolder, 'cluster');
  renameSync(folder, finished);
  rmSync(draft, { recursive: true, force: true });
  return { folder: finished, password, identity, isNew: true };
}

/** The built-in C.UTF-8 needs no locale of the operating system's, and sorts alike everywhere. */
function initdbOptions(folder: string, passwordFile: string, durable: boolean): string[] {
  return [
    `--pgdata=${folder}`,
    `--pwfile=${passwordFile}`,
    '--username=postgres',
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    ...(durable ? [] : ['--no-sync']),
  ];
}

function refuseDamaged(folder: string, passwordFile: string): void {
  try {
    const missing = ['PG_VERSION', 'base', 'global', 'pg_wal'].filter(
      (name) => !readdirSync(folder).includes(name),
    );
    if (!existsSync(passwordFile)) missing.push(passwordFile);
    if (missing.length > 0) throw damaged(folder, `${missing.join(', ')} missing`);
  } catch (error) {
    if (error instanceof EmbeddedPostgresError) throw error;
    throw noRight(folder, (error as NodeJS.ErrnoException).code ?? String(error));
  }
}

/** The sentence for data that is there and unusable. */
export function damaged(folder: string, why: string): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'damaged',
    `The data in ${folder} cannot be used (${why}): put back a copy of the folder, or move it away to begin with an empty database.`,
    folder,
  );
}

/** The sentence for a folder that this user may not use. */
export function noRight(folder: string, why: string): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'no_right',
    `${folder} cannot be read and written by this user (${why}): start as its owner, or choose another folder with DATA_DIR.`,
    folder,
  );
}

function initdbFailed(error: unknown, dataFolder: string): EmbeddedPostgresError {
  const { stderr = '', message } = error as { stderr?: string; message: string };
  const why = stderr.match(/error: .*/)?.[0] ?? message;
  if (/No space left/.test(stderr)) {
    return new EmbeddedPostgresError(
      'disk_full',
      `The disk of ${dataFolder} is full: free 100 MB.`,
      dataFolder,
    );
  }
  return new EmbeddedPostgresError(
    'failed',
    `No database could be made in ${dataFolder}: ${why}`,
    dataFolder,
  );
}
