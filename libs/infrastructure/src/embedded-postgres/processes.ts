import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Whether a process runs. A zombie, dead but not yet collected by its parent, does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it is there, and another user's.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return statusFields(pid)?.[0] !== 'Z';
}

/**
 * When a process began, in the kernel's ticks since boot; null where that cannot be told. Together
 * with the pid it names one process, for pids are used again.
 */
export function startTicks(pid: number): string | null {
  return statusFields(pid)?.[19] ?? null;
}

/** The pid of a process' parent, null where that cannot be told. */
export function parentOf(pid: number): number | null {
  const parent = statusFields(pid)?.[1];
  return parent === undefined ? null : Number(parent);
}

/** The command line of a process as one text, empty where it cannot be read. */
export function commandLine(pid: number): string {
  try {
    if (process.platform === 'linux') {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    }
    const [program, parameters] =
      process.platform === 'win32'
        ? ['tasklist', ['/FI', `PID eq ${pid}`, '/FO', 'CSV', '/NH']]
        : ['ps', ['-o', 'command=', '-p', `${pid}`]];
    return execFileSync(program, parameters, { encoding: 'utf8', timeout: 2000 }).trim();
  } catch {
    return '';
  }
}

/**
 * Field 3 (state) and those after it of /proc/PID/stat, proc(5). The second field, the program's
 * name, may hold spaces and parentheses, so they are counted from the last one.
 */
function statusFields(pid: number): string[] | null {
  if (process.platform !== 'linux') return null;
  try {
    const status = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return status.slice(status.lastIndexOf(')') + 2).split(' ');
  } catch {
    return null;
  }
}
