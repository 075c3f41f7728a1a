import { Redis } from 'ioredis';
import { endsInTime } from '../process/in-time.js';
import { QueueRefusal } from './queue-refusal.js';

const answersWithinMs = 5000;

export interface RedisState {
  /** Whether what it holds outlives its end (AOF). */
  keepsJobs: boolean;
}

/**
 * Makes sure that Redis throws nothing away when its memory is full; throws {@link QueueRefusal}
 * when it may. Null when it does not answer within 5 s: it is not the truth, so that is no reason
 * not to start.
 *
 * INFO says it where CONFIG is forbidden, as with most who rent Redis out.
 */
export async function checkRedis(url: string): Promise<RedisState | null> {
  const client = new Redis(url, { connectTimeout: answersWithinMs, retryStrategy: () => null });
  client.on('error', () => undefined);
  try {
    const asked = client.info();
    if (!(await endsInTime(answersWithinMs, asked))) return null;
    const info = await asked.catch(() => null);
    if (info === null) return null;
    const policy = fieldOf(info, 'maxmemory_policy');
    if (policy !== undefined && policy !== 'noeviction') throw new QueueRefusal('evicts', policy);
    return { keepsJobs: fieldOf(info, 'aof_enabled') === '1' };
  } finally {
    client.disconnect();
  }
}

function fieldOf(info: string, name: string): string | undefined {
  return new RegExp(`^${name}:(\\S+)`, 'm').exec(info)?.[1];
}
