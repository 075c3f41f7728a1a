import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The clock ticks of /proc/PID/stat are hundredths of a second on every Linux that Node runs on. */
const msPerTick = 10;

/** How the service is started in production; docker/Dockerfile says the same. */
const nodeFlags = ['--max-semi-space-size=4', '--max-old-space-size=512'];

/** A process of the measured system, or one that stands beside it. */
export interface Started {
  name: string;
  child: ChildProcess;
  pid: number;
  stop(): Promise<void>;
}

/**
 * Starts a compiled program with exactly this environment and waits for `readyWhen` to hold.
 * Its log is written as in production, and thrown away.
 */
export async function startProgram(
  name: string,
  compiledPath: string,
  environment: Record<string, string>,
  readyWhen: () => Promise<boolean>,
): Promise<Started> {
  const path = fileURLToPath(new URL(`../../${compiledPath}`, import.meta.url));
  const child = spawn(process.execPath, [...nodeFlags, path], {
    env: { PATH: process.env.PATH ?? '', NODE_ENV: 'development', ...environment },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const { pid } = child;
  if (pid === undefined) throw new Error(`${name} could not be started`);
  const givesUpAt = performance.now() + 60_000;
  while (!(await readyWhen().catch(() => false))) {
    if (child.exitCode !== null) throw new Error(`${name} ended at its start`);
    if (performance.now() > givesUpAt) throw new Error(`${name} was not ready within 60 s`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    name,
    child,
    pid,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** CPU that a process and all below it have used so far, in milliseconds, dead children included. */
export function cpuMs(root: number): number {
  const processes = readProcesses();
  let ticks = 0;
  const waiting = [root];
  for (let pid = waiting.pop(); pid !== undefined; pid = waiting.pop()) {
    const found = processes.get(pid);
    if (!found) continue;
    ticks += found.ticks;
    for (const [other, { parent }] of processes) if (parent === pid) waiting.push(other);
  }
  return ticks * msPerTick;
}

/** The proportional set size of a process in MiB: shared pages are divided among their users. */
export function pssMib(pid: number): number {
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  return Number(/^Pss:\s+(\d+) kB$/m.exec(rollup)?.[1] ?? 0) / 1024;
}

function readProcesses(): Map<number, { parent: number; ticks: number }> {
  const processes = new Map<number, { parent: number; ticks: number }>();
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, 'utf8');
      // The second field is a name that may hold spaces; all that follows its bracket is numbers.
      const fields = stat
        .slice(stat.lastIndexOf(')') + 2)
        .split(' ')
        .map(Number);
      const [, parent = 0] = fields;
      const ticks = fields.slice(11, 15).reduce((sum, value) => sum + value, 0);
      processes.set(Number(entry), { parent, ticks });
    } catch {
      // The process ended between the listing and the reading.
    }
  }
  return processes;
}
