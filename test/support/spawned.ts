import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** A compiled program of ours that runs as a process of its own. */
export interface Spawned {
  name: string;
  /** All that it wrote to standard output and standard error so far. */
  said(): string;
  /** Sends a signal and resolves with the exit code when it has ended; null after SIGKILL. */
  end(signal?: NodeJS.Signals): Promise<number | null>;
}

const startsWithinMs = 60_000;

/**
 * Starts `dist/<path>` with this environment alone, and waits for `isReady` to hold. Throws with
 * all that the program said when it ends before.
 */
export async function spawnProgram(
  name: string,
  path: string,
  environment: Record<string, string>,
  isReady: (said: string) => boolean | Promise<boolean>,
): Promise<Spawned> {
  const file = fileURLToPath(new URL(`../../dist/${path}`, import.meta.url));
  const child = spawn(process.execPath, [file], {
    env: { PATH: process.env.PATH, NODE_ENV: 'test', ...environment },
  });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk) => chunks.push(chunk));
  child.stderr.on('data', (chunk) => chunks.push(chunk));
  const said = () => Buffer.concat(chunks).toString('utf8');
  const ended = once(child, 'close').then(([code]) => code);
  const givesUpAt = performance.now() + startsWithinMs;
  while (!(await ready(isReady, said()))) {
    if (hasEnded(child)) throw new Error(`${name} ended at its start: ${said()}`);
    if (performance.now() > givesUpAt) throw new Error(`${name} did not start: ${said()}`);
    await pause(50);
  }
  return {
    name,
    said,
    end: async (signal = 'SIGTERM') => {
      if (!hasEnded(child)) child.kill(signal);
      return ended;
    },
  };
}

/** Whether `url` answers 200. */
export async function answersAt(url: string): Promise<boolean> {
  const { ok } = await fetch(url);
  return ok;
}

async function ready(isReady: (said: string) => boolean | Promise<boolean>, said: string) {
  try {
    return await isReady(said);
  } catch {
    return false;
  }
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}
