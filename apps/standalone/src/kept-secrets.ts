import { randomBytes } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import webPush from 'web-push';

/** What an installation makes up once and must not lose: subscriptions and ciphers hang on it. */
export interface KeptSecrets {
  SECRET_KEY: string;
  INTERNAL_API_SECRET_KEY: string;
  WEBHOOK_SECRET: string;
  VAPID_PUBLIC_KEY: string;
  VAPID_PRIVATE_KEY: string;
}

/**
 * Reads the folder's secrets, or makes them at the first start; what an older version did not make
 * is added. Readable by their owner alone.
 */
export function keptSecrets(folder: string): KeptSecrets {
  const path = join(folder, 'secrets.json');
  const kept = readKept(path);
  const { publicKey, privateKey } = webPush.generateVAPIDKeys();
  const secrets = {
    SECRET_KEY: randomBytes(32).toString('hex'),
    INTERNAL_API_SECRET_KEY: randomBytes(32).toString('hex'),
    WEBHOOK_SECRET: randomBytes(32).toString('hex'),
    VAPID_PUBLIC_KEY: publicKey,
    VAPID_PRIVATE_KEY: privateKey,
    ...kept,
  };
  if (Object.keys(kept).length === Object.keys(secrets).length) return secrets;
  const text = `${JSON.stringify(secrets, null, 2)}\n`;
  // Renamed into place, so that a crash leaves the former file or this one, and no half.
  writeFileSync(`${path}.new`, text, { mode: 0o600 });
  renameSync(`${path}.new`, path);
  return secrets;
}

function readKept(path: string): Partial<KeptSecrets> {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return {};
  }
}
