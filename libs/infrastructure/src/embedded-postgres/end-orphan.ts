import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { commandLine, isAlive } from './processes.js';

/**
 * Ends a server that outlived its Node, and removes a postmaster.pid whose number now belongs to
 * another program (Postgres would take that for itself, still running). The folder's lock is
 * held, so no living owner can lose its server to this.
 */
export async function endOrphan(folder: string): Promise<void> {
  const path = join(folder, 'postmaster.pid');
  const pid = pidIn(path);
  if (pid === null || !isAlive(pid)) return;
  const command = commandLine(pid);
  const isOurs =
    /postgres/.test(command) && (process.platform === 'win32' || command.includes(folder));
  if (!isOurs) {
    rmSync(path, { force: true });
    return;
  }
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    process.kill(pid, signal);
    for (const begun = performance.now(); performance.now() - begun < 10_000; await pause(20)) {
      if (!isAlive(pid)) return;
    }
  }
}

function pidIn(path: string): number | null {
  try {
    const pid = Number.parseInt(readFileSync(path, 'utf8'), 10);
    return pid > 0 ? pid : null;
  } catch {
    return null;
  }
}
