import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePortNear, isFree } from './free-port.js';

export interface SandboxPorts {
  httpPort: number;
  smtpPort: number;
}

/**
 * The sandbox's ports, the same at every start where they are free: the push subscriptions of the
 * demo customers name its address. What the operator wants is taken as it is.
 */
export async function sandboxPorts(
  folder: string,
  given: Record<string, string | undefined>,
): Promise<SandboxPorts> {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'ports.json');
  const kept = read(path);
  const ports = {
    httpPort: await choose(given.SANDBOX_HTTP_PORT, kept?.httpPort, 8025),
    smtpPort: await choose(given.SANDBOX_SMTP_PORT, kept?.smtpPort, 1025),
  };
  writeFileSync(path, JSON.stringify(ports));
  return ports;
}

async function choose(
  given: string | undefined,
  kept: number | undefined,
  usual: number,
): Promise<number> {
  if (given?.trim()) return Number(given);
  if (kept && (await isFree('127.0.0.1', kept))) return kept;
  return freePortNear(usual);
}

function read(path: string): SandboxPorts | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}
