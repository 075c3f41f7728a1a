import type { MigrationInterface, QueryRunner } from 'typeorm';
import { countFunctions } from './1795305600010-create-analytics.js';

/**
 * What people look for in the log of events (plate, work order), and how long deliveries took, as
 * a histogram from which a median can be told.
 */
export class SearchTheLogAndTimeIt1795305600021 implements MigrationInterface {
  /** CREATE INDEX CONCURRENTLY takes none. What is not repeatable stands last, in one statement. */
  readonly transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    for (const [name, index] of Object.entries(indexes)) {
      // One that was broken off stays behind, and serves nobody.
      await runner.query(`DROP INDEX CONCURRENTLY IF EXISTS ${name}`);
      await runner.query(`CREATE INDEX CONCURRENTLY ${name} ON ${index}`);
    }
    await runner.query(`${columns} ${times} ${counting}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${countFunctions}
      DROP FUNCTION delivery_ms(timestamptz, timestamptz, timestamptz);
      DROP FUNCTION delivery_time_bucket(bigint);
      DROP TABLE delivery_time_day;
      ALTER TABLE analytics_delta DROP COLUMN bucket;
      ${Object.keys(indexes)
        .map((name) => `DROP INDEX ${name};`)
        .join('\n')}
    `);
  }
}

/**
 * A plate or an order as it is compared: ABC-123, abc 123 and ABC123 are one. Of built-in functions
 * alone: since Postgres 17 indexes are made and kept without our schema in the search path.
 */
const code = (text: string) => `lower(regexp_replace(${text}, '[^[:alnum:]]', '', 'g'))`;

const indexes = {
  notification_plate: `notification (${code(`(variables->>'Placa')`)} text_pattern_ops)
    WHERE variables ? 'Placa'`,
  notification_order: `notification (${code(`(variables->>'Orden')`)} text_pattern_ops)
    WHERE variables ? 'Orden'`,
  event_business_code: `event (${code('business_key')} text_pattern_ops)
    WHERE business_key IS NOT NULL`,
};

const columns = `
  -- Of the histogram of delivery times, in which a message counts while it is sent, delivered or
  -- read. In the differences that are left for the counts anyway: triggers and tables of its own
  -- cost 0.5 ms of CPU on a delivery.
  ALTER TABLE analytics_delta ADD COLUMN bucket smallint;

  -- Beside the counts and not in them: with buckets, they would be ten times as many rows.
  CREATE TABLE delivery_time_day (
    scope_id uuid NOT NULL,
    day date NOT NULL,
    channel text NOT NULL,
    bucket smallint NOT NULL,
    messages bigint NOT NULL,
    PRIMARY KEY (scope_id, day, channel, bucket)
  ) WITH (fillfactor = 70);

  -- Where there are messages already, the first one to read a scope makes it from the log.
  DELETE FROM analytics_scope WHERE EXISTS (SELECT FROM message);
  DELETE FROM analytics_day WHERE EXISTS (SELECT FROM message);
`;

/** Each of one expression, which Postgres puts in the place of the call. */
const times = `
  CREATE FUNCTION delivery_ms(created timestamptz, scheduled timestamptz, sent timestamptz)
  RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
    SELECT round(1000 * date_part('epoch', sent - greatest(created, scheduled)))::bigint
  $$;

  -- Four to a doubling, so that a bucket's ends are a fifth apart, whatever the time.
  CREATE FUNCTION delivery_time_bucket(ms bigint) RETURNS smallint LANGUAGE sql IMMUTABLE AS $$
    SELECT floor(4 / ln(2::float8) * ln(greatest(1, ms)::float8))::smallint
  $$;
`;

/** What a table of messages adds to the roll-ups, or takes away from them (sign -1). */
const counted = (table: 'before' | 'after', sign: 1 | -1) => `
      SELECT date_bin('15 minutes', created_at, timestamptz '2000-01-01 00:00Z') AS quarter,
        taller_id, channel, event_type, state,
        CASE WHEN state IN ('sent', 'delivered', 'read')
          THEN delivery_time_bucket(delivery_ms(created_at, scheduled_for, sent_at)) END AS bucket,
        ${sign} AS messages, CASE WHEN sent_at IS NULL THEN 0 ELSE ${sign} END AS timed,
        coalesce(${sign} * delivery_ms(created_at, scheduled_for, sent_at), 0) AS delivery_ms
      FROM ${table}`;

const countInto = (name: string, rows: string) => `
  CREATE OR REPLACE FUNCTION count_message_${name}() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    INSERT INTO analytics_delta (quarter, taller_id, channel, event_type, state, bucket,
      messages, timed, delivery_ms)
    SELECT quarter, taller_id, channel, event_type, state, bucket,
      sum(messages), sum(timed), sum(delivery_ms)
    FROM (${rows}
    ) changed
    GROUP BY quarter, taller_id, channel, event_type, state, bucket
    HAVING sum(messages) <> 0 OR sum(timed) <> 0 OR sum(delivery_ms) <> 0;
    RETURN NULL;
  END $$;
`;

const counting = `
  ${countInto('inserted', counted('after', 1))}
  ${countInto('updated', `${counted('before', -1)}\n      UNION ALL${counted('after', 1)}`)}
  ${countInto('deleted', counted('before', -1))}
  CREATE OR REPLACE FUNCTION count_message_truncated() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    TRUNCATE analytics_delta, analytics_day, delivery_time_day;
    RETURN NULL;
  END $$;
`;
