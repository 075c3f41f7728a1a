import { execFile } from 'node:child_process';
import { chownSync, readFileSync, statSync } from 'node:fs';
import { userInfo } from 'node:os';
import { promisify } from 'node:util';
import type { PostgresBinaries } from './binaries.js';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';

const run = promisify(execFile);

/** As whom Postgres runs: words before its command, the way to say it to `spawn`, who owns its files. */
export interface ProcessIdentity {
  prefix: readonly string[];
  uid?: number;
  gid?: number;
}

interface Owner {
  uid: number;
  gid: number;
}

/**
 * Chooses as whom Postgres runs on the folder, and gives it the folder where it is new. Postgres
 * refuses to run as root, so there it runs, each tried in turn: as the owner of the data that
 * exists, as `postgres`, as `nobody`, and in a user namespace, where the files stay root's (the
 * one way into a folder that only root can reach).
 *
 * Throws {@link EmbeddedPostgresError} `no_right` when nothing works.
 */
export async function chooseIdentity(
  binaries: PostgresBinaries,
  folder: string,
  isNew: boolean,
): Promise<ProcessIdentity> {
  if (process.platform === 'win32') return { prefix: [] };
  const before = statSync(folder);
  let refusal = '';
  for (const owner of owners(before, isNew)) {
    if (owner !== 'namespace' && process.getuid?.() === 0) chownSync(folder, owner.uid, owner.gid);
    for (const identity of waysToBecome(owner)) {
      try {
        await run(...testRun(identity, binaries.postgres, folder));
        return identity;
      } catch (error) {
        refusal = lastLine(error);
      }
    }
    if (process.getuid?.() === 0) chownSync(folder, before.uid, before.gid);
  }
  throw new EmbeddedPostgresError(
    'no_right',
    `Postgres can neither be run from ${binaries.postgres} nor write to ${folder} (${refusal}): start as the owner of both, or choose another folder with DATA_DIR.`,
    folder,
  );
}

function owners(folder: Owner, isNew: boolean): (Owner | 'namespace')[] {
  if (process.getuid?.() !== 0) {
    // initdb wants a name for its user, which containers started with a bare number lack.
    return hasName() ? [folder] : ['namespace'];
  }
  if (!isNew) return folder.uid === 0 ? ['namespace'] : [folder];
  return [...['postgres', 'nobody'].flatMap(passwdEntry), 'namespace'];
}

/**
 * With `setpriv --pdeathsig` (util-linux ≥ 2.33) the kernel tells Postgres of this process' death,
 * a `kill -9` included, and it shuts down by itself. Without it the next start ends the orphan.
 */
function waysToBecome(owner: Owner | 'namespace'): ProcessIdentity[] {
  const onDeath = ['setpriv', '--pdeathsig', 'INT'];
  if (owner === 'namespace') {
    const enter = ['unshare', '-U', '--map-user=65534', '--map-group=65534', '--'];
    return [{ prefix: [...onDeath, ...enter] }, { prefix: enter }];
  }
  if (process.getuid?.() !== 0) return [{ prefix: onDeath }, { prefix: [] }];
  const drop = ['--reuid', `${owner.uid}`, '--regid', `${owner.gid}`, '--clear-groups'];
  return [{ prefix: [...onDeath, ...drop] }, { prefix: [], uid: owner.uid, gid: owner.gid }];
}

/** What {@link ProcessIdentity} makes of a command: program, arguments, options for `spawn`. */
export function asIdentity(
  identity: ProcessIdentity,
  program: string,
  parameters: readonly string[],
): [string, string[], { uid?: number; gid?: number }] {
  const [first = program, ...rest] = [...identity.prefix, program, ...parameters];
  const { uid, gid } = identity;
  return [first, rest, uid === undefined ? {} : { uid, gid }];
}

function testRun(identity: ProcessIdentity, postgres: string, folder: string) {
  const script = 'test -w "$1" && exec "$0" --version';
  return asIdentity(identity, 'sh', ['-c', script, postgres, folder]);
}

function passwdEntry(name: string): Owner[] {
  const line = readFileSync('/etc/passwd', 'utf8').match(
    new RegExp(`^${name}:[^:]*:(\\d+):(\\d+)`, 'm'),
  );
  return line ? [{ uid: Number(line[1]), gid: Number(line[2]) }] : [];
}

function hasName(): boolean {
  try {
    return userInfo().username !== '';
  } catch {
    return false;
  }
}

function lastLine(error: unknown): string {
  const { stderr, message } = error as { stderr?: string; message: string };
  return (stderr?.trim() || message).split('\n').at(-1) ?? '';
}
