import type { DataSource, EntityManager } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import type { MessageNews, ProviderNews } from '../../channels/provider-news.js';
import { addDeadWebhooks } from '../dead-letters/dead-webhooks.js';

export type WebhookSource = 'evolution' | 'mail';

/** A body as it came. */
export interface ReceivedWebhook {
  id: string;
  source: WebhookSource;
  body: Buffer;
}

/** How long a worker may take for a batch before another takes it again. */
const leaseSeconds = 60;
/** One that has brought down its worker so often is not read again. */
const mostAttempts = 5;

/**
 * The inbox of what providers tell us: kept as it came before it is answered, read afterwards. It
 * may be read twice, which changes nothing: a receipt is kept once.
 */
export class ReceivedWebhooks {
  constructor(private readonly dataSource: DataSource) {}

  /** Gives back its id once it is committed. */
  async keep(source: WebhookSource, body: Buffer): Promise<string> {
    const id = uuidv7();
    await this.dataSource.query(
      'INSERT INTO received_webhook (id, source, body) VALUES ($1, $2, $3)',
      [id, source, body],
    );
    return id;
  }

  /**
   * Reads what waits, at most `limit`, and keeps what it says; gives back how many were taken.
   *
   * @param read what a body says; null for one that nobody can read
   */
  async apply(
    limit: number,
    read: (webhook: ReceivedWebhook) => Promise<ProviderNews | null>,
  ): Promise<number> {
    await this.giveUpPoison();
    const [taken] = await this.dataSource.query<[ReceivedWebhook[], number]>(take, [
      limit,
      leaseSeconds,
    ]);
    const news = await Promise.all(
      taken.map(async (webhook) => ({
        id: webhook.id,
        news: await read(webhook).catch(() => null),
      })),
    );
    const unreadable = news.filter((one) => one.news === null).map(({ id }) => id);
    const told = news.flatMap((one) => one.news ?? []);
    await this.dataSource.transaction(async (manager) => {
      await keepReceipts(
        manager,
        told.flatMap(({ messages }) => messages),
      );
      await keepLines(manager, told);
      const ids = news.map(({ id }) => id);
      const [dead] = await manager.query<[{ id: string }[], number]>(settle, [ids, unreadable]);
      await addDeadWebhooks(
        manager,
        dead.map(({ id }) => id),
        'unreadable',
      );
    });
    return taken.length;
  }

  private async giveUpPoison(): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const [poison] = await manager.query<[{ id: string }[], number]>(giveUp, [mostAttempts]);
      const ids = poison.map(({ id }) => id);
      await addDeadWebhooks(manager, ids, 'readers_died');
    });
  }
}

/** Keeps each receipt once, whoever brought it how often. */
export async function keepReceipts(
  database: Pick<EntityManager, 'query'>,
  news: readonly MessageNews[],
): Promise<void> {
  if (news.length === 0) return;
  await database.query(insertReceipts, [
    news.map(({ subject }) => subject),
    news.map(({ kind }) => kind),
    news.map(({ code }) => code),
    news.map(({ detail }) => detail),
    news.map(({ addressIsWrong }) => addressIsWrong),
  ]);
}

/** Of a flood of changes the last one counts: offline, a line says `connecting` many times a second. */
async function keepLines(manager: EntityManager, told: readonly ProviderNews[]): Promise<void> {
  const lines = new Map(
    told.flatMap((news) => news.lines.map((line) => [line.instance, line] as const)),
  );
  if (lines.size === 0) return;
  const sorted = [...lines.values()].sort((one, other) => (one.instance < other.instance ? -1 : 1));
  await manager.query(upsertLines, [
    sorted.map(({ instance }) => instance),
    sorted.map(({ state }) => state),
    sorted.map(({ reason }) => reason),
  ]);
}

const take = `
  UPDATE received_webhook SET attempts = attempts + 1,
    due_at = clock_timestamp() + $2 * interval '1 s'
  WHERE ctid = ANY(ARRAY(
    SELECT ctid FROM received_webhook WHERE state = 'waiting' AND due_at <= clock_timestamp()
    ORDER BY due_at LIMIT $1 FOR UPDATE SKIP LOCKED))
  RETURNING id, source, body
`;

/** SQL: whoever was erased since it came may be named in it. */
const withoutErased = `body = CASE WHEN received_at > coalesce(
    (SELECT max(requested_at) FROM erasure), '-infinity') THEN body END`;

const giveUp = `
  UPDATE received_webhook SET state = 'unreadable', ${withoutErased},
    error = 'its readers died'
  WHERE state = 'waiting' AND due_at <= clock_timestamp() AND attempts >= $1
  RETURNING id
`;

/**
 * A body may hold what belongs to a person, so that it goes as soon as it was read. What somebody
 * else has given up meanwhile stays given up.
 */
const settle = `
  WITH applied AS (
    DELETE FROM received_webhook
    WHERE id = ANY($1::uuid[]) AND id <> ALL($2::uuid[]) AND state = 'waiting'
  )
  UPDATE received_webhook SET state = 'unreadable', ${withoutErased}, error = 'not to be read'
  WHERE id = ANY($2::uuid[]) AND state = 'waiting'
  RETURNING id
`;

/** In order, so that two who bring the same receipts do not wait for each other. */
const insertReceipts = `
  INSERT INTO receipt (subject, kind, code, detail, address_is_wrong)
  SELECT DISTINCT ON (subject, kind) subject, kind, code, detail, address_is_wrong
  FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::boolean[])
    AS said(subject, kind, code, detail, address_is_wrong)
  ORDER BY subject, kind, address_is_wrong DESC
  ON CONFLICT DO NOTHING
`;

const upsertLines = `
  INSERT INTO whatsapp_instance AS known (name, state, reason, changed_at, heard_at)
  SELECT name, state, reason, clock_timestamp(), clock_timestamp()
  FROM unnest($1::text[], $2::text[], $3::integer[]) AS said(name, state, reason)
  ON CONFLICT (name) DO UPDATE SET heard_at = excluded.heard_at, state = excluded.state,
    reason = excluded.reason,
    changed_at = CASE WHEN known.state = excluded.state THEN known.changed_at
      ELSE excluded.changed_at END
`;
