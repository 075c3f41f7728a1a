import type { DataSource, EntityManager } from 'typeorm';

/** The scope of all messages, whoever's; every other scope is a workshop's id. */
export const everyTaller = '00000000-0000-0000-0000-000000000000';

/** The zone of the days of {@link everyTaller}. */
export const defaultTimeZone = 'America/Guayaquil';

/** Any number of our own: folding is for one at a time. */
const foldLock = 7_305_600_010;

/**
 * Keeps the roll-ups of the messages. The triggers of `message` leave differences with every
 * commit; they are added to the days here. At every moment the days and the differences not yet
 * folded are together what the log says.
 */
export class RollUps {
  constructor(private readonly dataSource: DataSource) {}

  /** Folds what has come; gives back how many differences that were. Any number may call it. */
  fold(): Promise<number> {
    return this.alone(async (manager) => {
      const [row] = await manager.query<{ folded: number }[]>(
        `WITH ${foldDifferences} SELECT count(*)::integer AS folded FROM moved`,
      );
      return row?.folded ?? 0;
    });
  }

  /**
   * Makes the days of a scope anew from the log, in this zone: the one time that all of it is
   * read. Nothing happens where the scope is kept in this zone already.
   */
  build(scopeId: string, timeZone: string): Promise<void> {
    return this.alone(async (manager) => {
      const [kept] = await manager.query<{ so: boolean }[]>(
        `SELECT ${scopeIsKept('$1::uuid', '$2')} AS so`,
        [scopeId, timeZone],
      );
      if (kept?.so) return;
      await manager.query('DELETE FROM analytics_scope WHERE id = $1', [scopeId]);
      await manager.query('DELETE FROM analytics_day WHERE scope_id = $1', [scopeId]);
      await manager.query('DELETE FROM delivery_time_day WHERE scope_id = $1', [scopeId]);
      await manager.query(buildScope, [scopeId, timeZone]);
    });
  }

  /** Builds the scopes that are not kept, or in another zone than their workshop has now. */
  async buildMissing(): Promise<number> {
    const missing = await this.dataSource.query<{ id: string; time_zone: string }[]>(
      `SELECT wanted.id, wanted.time_zone FROM (
         SELECT $1::uuid AS id, $2 AS time_zone
         UNION ALL SELECT id, known_time_zone(time_zone) FROM taller
       ) wanted
       WHERE NOT ${scopeIsKept('wanted.id', 'wanted.time_zone')}`,
      [everyTaller, defaultTimeZone],
    );
    for (const { id, time_zone } of missing) await this.build(id, time_zone);
    return missing.length;
  }

  /** However long it takes: what days without a scheduler left must be folded one day, too. */
  private alone<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.dataSource.transaction(async (manager) => {
      await manager.query('SET LOCAL statement_timeout = 0');
      await manager.query('SELECT pg_advisory_xact_lock($1)', [foldLock]);
      return work(manager);
    });
  }
}

/** SQL: whether a scope is kept, in this zone. */
export const scopeIsKept = (id: string, timeZone: string) =>
  `EXISTS (SELECT FROM analytics_scope kept WHERE kept.id = ${id} AND kept.time_zone = ${timeZone})`;

/**
 * SQL, after WITH: of the scope $1, whose days are in the zone $2, folded or not, `counted` (day,
 * channel, event_type, state, messages, timed, delivery_ms) and `took` (day, channel, bucket,
 * messages). One statement sees each difference once.
 *
 * OFFSET keeps the planner from asking of every difference on which day it was: a look into a zone
 * costs 0.7 µs, for 20,000 of them half of a summary's time.
 */
export const keptInScope = `
  unfolded AS MATERIALIZED (
    SELECT (quarter AT TIME ZONE $2)::date AS day, channel, event_type, state, bucket, messages,
      timed, delivery_ms
    FROM (
      SELECT quarter, channel, event_type, state, bucket, sum(messages)::bigint AS messages,
        sum(timed)::bigint AS timed, sum(delivery_ms)::bigint AS delivery_ms
      FROM analytics_delta WHERE $1::uuid = '${everyTaller}' OR taller_id = $1::uuid
      GROUP BY quarter, channel, event_type, state, bucket OFFSET 0
    ) added
  ), counted AS (
    SELECT day, channel, event_type, state, messages, timed, delivery_ms
    FROM analytics_day WHERE scope_id = $1::uuid
    UNION ALL SELECT day, channel, event_type, state, messages, timed, delivery_ms FROM unfolded
  ), took AS (
    SELECT day, channel, bucket, messages FROM delivery_time_day WHERE scope_id = $1::uuid
    UNION ALL SELECT day, channel, bucket, messages FROM unfolded WHERE bucket IS NOT NULL
  )`;

const foldDifferences = `
  moved AS (
    DELETE FROM analytics_delta RETURNING *
  ), placed AS (
    SELECT scope.id AS scope_id, (quarter AT TIME ZONE scope.time_zone)::date AS day, channel,
      event_type, state, bucket, sum(messages) AS messages, sum(timed) AS timed,
      sum(delivery_ms) AS delivery_ms
    FROM moved JOIN analytics_scope scope
      ON scope.id = moved.taller_id OR scope.id = '${everyTaller}'
    GROUP BY scope.id, day, channel, event_type, state, bucket
  ), folded AS (
    INSERT INTO analytics_day AS d
    SELECT scope_id, day, channel, event_type, state, sum(messages), sum(timed), sum(delivery_ms)
    FROM placed GROUP BY scope_id, day, channel, event_type, state
    HAVING sum(messages) <> 0 OR sum(timed) <> 0 OR sum(delivery_ms) <> 0
    ON CONFLICT (scope_id, day, channel, event_type, state) DO UPDATE SET
      messages = d.messages + excluded.messages,
      timed = d.timed + excluded.timed,
      delivery_ms = d.delivery_ms + excluded.delivery_ms
  ), folded_times AS (
    INSERT INTO delivery_time_day AS d
    SELECT scope_id, day, channel, bucket, sum(messages)
    FROM placed WHERE bucket IS NOT NULL GROUP BY scope_id, day, channel, bucket
    HAVING sum(messages) <> 0
    ON CONFLICT (scope_id, day, channel, bucket) DO UPDATE SET
      messages = d.messages + excluded.messages
  )`;

/**
 * In one statement with the folding for the other scopes, because the log as it sees it has in it
 * the differences that it folds, and none of those that come after.
 */
const buildScope = `
  WITH ${foldDifferences}, begun AS (
    INSERT INTO analytics_scope (id, time_zone) VALUES ($1, $2)
  ), logged AS (
    SELECT day, channel, event_type, state,
      CASE WHEN state IN ('sent', 'delivered', 'read') THEN delivery_time_bucket(ms) END AS bucket,
      count(*) AS messages, count(ms) AS timed, coalesce(sum(ms), 0) AS delivery_ms
    FROM (
      SELECT (created_at AT TIME ZONE $2)::date AS day, channel, event_type, state,
        delivery_ms(created_at, scheduled_for, sent_at) AS ms
      FROM message WHERE $1::uuid = '${everyTaller}' OR taller_id = $1::uuid
    ) log
    GROUP BY 1, 2, 3, 4, 5
  ), times AS (
    INSERT INTO delivery_time_day
    SELECT $1::uuid, day, channel, bucket, sum(messages)
    FROM logged WHERE bucket IS NOT NULL GROUP BY day, channel, bucket
  )
  INSERT INTO analytics_day
  SELECT $1::uuid, day, channel, event_type, state, sum(messages), sum(timed), sum(delivery_ms)
  FROM logged GROUP BY day, channel, event_type, state
`;
