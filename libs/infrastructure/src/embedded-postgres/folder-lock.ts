import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { isAlive, startTicks } from './processes.js';

interface Holder {
  pid: number;
  /** See {@link startTicks}. */
  startTicks: string | null;
  since: string;
}

/** Thrown by {@link takeLock} while another living process holds it. */
export class LockHeldError extends Error {
  constructor(
    readonly path: string,
    readonly pid: number,
    readonly since: string,
  ) {
    super(`${path} is held by process ${pid} since ${since}`);
  }
}

/**
 * Takes a lock that is a file, for as long as this process lives or until `release`. A lock whose
 * holder died, however it died, is taken over. Throws {@link LockHeldError}.
 *
 * The file appears whole and only if there is none (a hard link of a file already written). Two
 * that take over the same dead lock at once cannot both have it: who moved away a living one puts
 * it back.
 */
export function takeLock(path: string): { release(): void } {
  const mine: Holder = {
    pid: process.pid,
    startTicks: startTicks(process.pid),
    since: new Date().toISOString(),
  };
  const draft = `${path}.${process.pid}-${process.hrtime.bigint()}`;
  writeFileSync(draft, JSON.stringify(mine), { mode: 0o644 });
  try {
    while (!link(draft, path)) {
      const holder = read(path);
      if (holder && lives(holder)) throw new LockHeldError(path, holder.pid, holder.since);
      moveAway(path, `${draft}.dead`);
    }
  } finally {
    rmSync(draft, { force: true });
  }
  return {
    release: () => {
      if (JSON.stringify(read(path)) === JSON.stringify(mine)) rmSync(path, { force: true });
    },
  };
}

function link(draft: string, path: string): boolean {
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function moveAway(path: string, aside: string): void {
  try {
    renameSync(path, aside);
  } catch {
    return; // another starter was faster
  }
  const moved = read(aside);
  if (moved && lives(moved)) link(aside, path);
  rmSync(aside, { force: true });
}

function read(path: string): Holder | null {
  try {
    const holder = JSON.parse(readFileSync(path, 'utf8'));
    return Number.isInteger(holder?.pid) ? holder : null;
  } catch {
    return null;
  }
}

function lives(holder: Holder): boolean {
  if (!isAlive(holder.pid)) return false;
  const ticks = startTicks(holder.pid);
  return ticks === null || holder.startTicks === null || ticks === holder.startTicks;
}
