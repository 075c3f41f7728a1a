import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** What a running `npm start` tells the commands about itself. */
export interface Instance {
  pid: number;
  apiUrl: string;
  /** Null in production, where there is none. */
  sandboxUrl: string | null;
  /** Channels whose messages leave for real, and those that end in the sandbox. */
  channels: { real: string[]; sandbox: string[] };
  /** With its password. */
  databaseUrl: string;
  /** What it was given or made for itself: secrets included, so the file is closed to others. */
  environment: Record<string, string>;
}

/** Where an `npm start` in this folder keeps its data. */
export function dataFolder(): string {
  return resolve(process.env.DATA_DIR || '.data');
}

/** The instance of this folder that runs now, null when none does. */
export function runningInstance(folder = dataFolder()): Instance | null {
  try {
    const instance: Instance = JSON.parse(readFileSync(fileIn(folder), 'utf8'));
    process.kill(instance.pid, 0);
    return instance;
  } catch (error) {
    // Another user's process cannot be signalled, and yet it runs; its file says where.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return null;
    return JSON.parse(readFileSync(fileIn(folder), 'utf8'));
  }
}

/** Makes an instance known, to this user alone. */
export function announceInstance(folder: string, instance: Instance): void {
  // Made anew: the mode of a file that is there would stay as it is.
  withdrawInstance(folder);
  writeFileSync(fileIn(folder), `${JSON.stringify(instance, null, 2)}\n`, { mode: 0o600 });
}

export function withdrawInstance(folder: string): void {
  rmSync(fileIn(folder), { force: true });
}

function fileIn(folder: string): string {
  return join(folder, 'instance.json');
}
