import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const savedSchema = z.object({
  /** 32 bytes in base64url; keys of subscriptions and of the instance are made from it. */
  secret: z.string().regex(/^[\w-]{43}$/),
  expiredSubscriptions: z.array(z.string()),
});

/** The little that outlives a restart of the sandbox. */
export interface SandboxStore {
  secret: Buffer;
  expiredSubscriptions: string[];
  keepExpired(tokens: string[]): void;
}

/** @param folder made when missing; null keeps everything in memory */
export function openStore(folder: string | null): SandboxStore {
  const saved = (folder && load(folder)) || {
    secret: randomBytes(32).toString('base64url'),
    expiredSubscriptions: [],
  };
  const keepExpired = (expiredSubscriptions: string[]): void => {
    if (folder) save(folder, { ...saved, expiredSubscriptions });
  };
  keepExpired(saved.expiredSubscriptions);
  return {
    secret: Buffer.from(saved.secret, 'base64url'),
    expiredSubscriptions: saved.expiredSubscriptions,
    keepExpired,
  };
}

type Saved = z.infer<typeof savedSchema>;

function load(folder: string): Saved | null {
  try {
    return savedSchema.parse(JSON.parse(readFileSync(fileIn(folder), 'utf8')));
  } catch {
    // Missing or damaged: the sandbox starts anew, and old subscriptions become unknown ones.
    return null;
  }
}

function save(folder: string, saved: Saved): void {
  mkdirSync(folder, { recursive: true });
  const half = `${fileIn(folder)}.${process.pid}.tmp`;
  writeFileSync(half, JSON.stringify(saved), { mode: 0o600 });
  renameSync(half, fileIn(folder));
}

function fileIn(folder: string): string {
  return join(folder, 'sandbox.json');
}
