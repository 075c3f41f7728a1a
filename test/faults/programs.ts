import { type ChildProcess, spawn } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where the build lies, and the sources beside it. */
const dist = join(dirname(fileURLToPath(import.meta.url)), '../..');
/** What is loaded before a process' own code, by the variable that asks for it. */
const preloads = {
  CRASH_AT: join(dist, '../test/faults/crash-points/preload.mjs'),
  CLOCK_OFF_BY_MS: join(dist, '../test/faults/clocks/wrong-clock.mjs'),
};

/** A process of the service. */
export interface Program {
  name: string;
  startedMs: number;
  /** Resolves when it has ended, with when that was. */
  ended: Promise<{ atMs: number; signal: NodeJS.Signals | null; code: number | null }>;
  hasEnded(): boolean;
  signal(signal: NodeJS.Signals): void;
  said(): string;
}

export interface ProgramOptions {
  /** What it is called in its log. */
  name: string;
  /** Below the build, such as `apps/worker/src/main.js`. */
  path: string;
  /** All of it; nothing is taken over from ours but PATH. */
  environment: Record<string, string>;
  parameters?: readonly string[];
  /** Where what it says is kept, beside the last that {@link Program.said} gives. */
  logFile: string;
}

/** Starts a compiled program as an installation would; some variables bring a fault with them. */
export function startProgram(options: ProgramOptions): Program {
  const { name, path, environment, parameters = [], logFile } = options;
  const flags = Object.entries(preloads).flatMap(([variable, file]) =>
    environment[variable] ? ['--import', file] : [],
  );
  const child = spawn(process.execPath, [...flags, join(dist, path), ...parameters], {
    env: { PATH: process.env.PATH, NODE_ENV: 'development', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const hear = (chunk: Buffer) => {
    said = (said + chunk).slice(-20_000);
    appendFileSync(logFile, chunk);
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  return {
    name,
    startedMs: Date.now(),
    ended: endOf(child),
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
    signal: (signal) => void child.kill(signal),
    said: () => said,
  };
}

function endOf(child: ChildProcess): Program['ended'] {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve({ atMs: Date.now(), code, signal }));
  });
}
