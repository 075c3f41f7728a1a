/** Why a queue's store cannot be worked with, and what an operator does about it. */
export type QueueFault = 'deaf' | 'elsewhere' | 'evicts';

/** The queue's store is there and not fit for it: nothing starts until somebody mends that. */
export class QueueRefusal extends Error {
  constructor(
    readonly fault: QueueFault,
    /** What the store itself says, such as `allkeys-lru`. */
    readonly subject: string,
  ) {
    super(sentences[fault](subject));
  }
}

const sentences: Record<QueueFault, (subject: string) => string> = {
  deaf: (where) =>
    `The database at ${where} passes on no notification (LISTEN): it seems to stand behind a pooler by transaction. Name a direct or session connection in QUEUE_DATABASE_URL; with Supabase that is port 5432 in place of 6543.`,
  elsewhere: (where) =>
    `QUEUE_DATABASE_URL (${where}) does not lead to the database of DATABASE_URL: both must name the same one.`,
  evicts: (policy) =>
    `Redis has maxmemory-policy ${policy} and may throw wake-ups away: set it to noeviction (CONFIG SET maxmemory-policy noeviction, and in redis.conf).`,
};
