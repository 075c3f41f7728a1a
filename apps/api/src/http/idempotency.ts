import { createHash } from 'node:crypto';
import type { IdempotencyClaim } from '#domain/dispatch/dispatch-command.js';
import { badField, Problem } from './problem.js';

const form = /^[\x21-\x7e]{1,255}$/;
const quotedForm = /^"([^"\\]{1,255})"$/;

/**
 * The caller's claim on a key, or null when it sent none. The quoted form of the header's draft
 * standard (`"key"`) names the same key as the bare one.
 */
export function readIdempotencyClaim(
  header: string | string[] | undefined,
  caller: string,
  operation: string,
  body: unknown,
): IdempotencyClaim | null {
  if (header === undefined) return null;
  const text = Array.isArray(header) ? header.join(', ') : header;
  const key = quotedForm.exec(text)?.[1] ?? text;
  if (!form.test(key)) {
    throw badField('Idempotency-Key', 'must be 1 to 255 visible ASCII characters');
  }
  return { caller, operation, key, bodyHash: hashBody(body) };
}

/** SHA-256 of the body with its members in order, so that their order makes no difference. */
function hashBody(body: unknown): Uint8Array {
  return createHash('sha256')
    .update(JSON.stringify(body ?? null, inOrder))
    .digest();
}

function inOrder(_name: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** What a twin is told while the first request under its key still runs. */
export function keyInUse(): Problem {
  return new Problem('idempotency_key_in_use', { headers: { 'retry-after': '1' } });
}

/**
 * The keys whose first request still runs in this process. A twin that reaches another process is
 * refused there by the key's lock in the database.
 */
export class KeysInFlight {
  private readonly running = new Set<string>();

  /** Runs a request under its key. Throws a 409 while another runs under the same. */
  async alone<T>(claim: IdempotencyClaim | null, run: () => Promise<T>): Promise<T> {
    if (!claim) return run();
    const name = `${claim.caller} ${claim.operation} ${claim.key}`;
    if (this.running.has(name)) throw keyInUse();
    this.running.add(name);
    try {
      return await run();
    } finally {
      this.running.delete(name);
    }
  }
}
