import type { MigrationInterface, QueryRunner } from 'typeorm';

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
    await runner.query(`${tables} ${counting} ${scopes}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER taller_begins_delivery_times ON taller;
      ${changes.map((change) => `DROP TRIGGER message_${change}_timed ON message;`).join('\n')}
      DROP FUNCTION begin_delivery_times_of_taller();
      ${changes.map((change) => `DROP FUNCTION time_message_${change}();`).join('\n')}
      DROP TABLE delivery_time_delta, delivery_time_day, delivery_time_scope;
      ${Object.keys(indexes)
        .map((name) => `DROP INDEX ${name};`)
        .join('\n')}
    `);
  }
}

const changes = ['inserted', 'updated', 'deleted', 'truncated'] as const;

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

const tables = `
  -- As analytics_delta and analytics_day are kept: differences by the quarter of an hour of the
  -- messages' making, folded into days by the scheduler. A message counts while it is sent,
  -- delivered or read. bucket: floor(4 * log2(milliseconds)), so that a bucket's ends are a fifth
  -- apart, whatever the time.
  CREATE TABLE delivery_time_delta (
    quarter timestamptz NOT NULL,
    taller_id uuid,
    channel text NOT NULL,
    bucket smallint NOT NULL,
    messages integer NOT NULL
  ) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);

  -- Which scopes are kept here, in which zone; as analytics_scope, beside a program that does not
  -- know of times yet.
  CREATE TABLE delivery_time_scope (
    id uuid PRIMARY KEY,
    time_zone text NOT NULL
  );

  CREATE TABLE delivery_time_day (
    scope_id uuid NOT NULL,
    day date NOT NULL,
    channel text NOT NULL,
    bucket smallint NOT NULL,
    messages bigint NOT NULL,
    PRIMARY KEY (scope_id, day, channel, bucket)
  ) WITH (fillfactor = 70);
`;

const timed = (table: 'before' | 'after', sign: 1 | -1) => `
      SELECT date_bin('15 minutes', created_at, timestamptz '2000-01-01 00:00Z') AS quarter,
        taller_id, channel, floor(4 / ln(2) * ln(greatest(1, round(1000 *
          date_part('epoch', sent_at - greatest(created_at, scheduled_for))))))::smallint AS bucket,
        ${sign} AS messages
      FROM ${table} WHERE sent_at IS NOT NULL AND state IN ('sent', 'delivered', 'read')`;

const timeInto = (name: (typeof changes)[number], rows: string) => `
  CREATE FUNCTION time_message_${name}() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    INSERT INTO delivery_time_delta
    SELECT quarter, taller_id, channel, bucket, sum(messages)
    FROM (${rows}
    ) changed
    GROUP BY quarter, taller_id, channel, bucket HAVING sum(messages) <> 0;
    RETURN NULL;
  END $$;
`;

const counting = `
  ${timeInto('inserted', timed('after', 1))}
  ${timeInto('updated', `${timed('before', -1)}\n      UNION ALL${timed('after', 1)}`)}
  ${timeInto('deleted', timed('before', -1))}
  CREATE FUNCTION time_message_truncated() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    TRUNCATE delivery_time_delta, delivery_time_day;
    RETURN NULL;
  END $$;

  CREATE TRIGGER message_inserted_timed AFTER INSERT ON message
    REFERENCING NEW TABLE AS after
    FOR EACH STATEMENT EXECUTE FUNCTION time_message_inserted();
  CREATE TRIGGER message_updated_timed AFTER UPDATE ON message
    REFERENCING OLD TABLE AS before NEW TABLE AS after
    FOR EACH STATEMENT EXECUTE FUNCTION time_message_updated();
  CREATE TRIGGER message_deleted_timed AFTER DELETE ON message
    REFERENCING OLD TABLE AS before
    FOR EACH STATEMENT EXECUTE FUNCTION time_message_deleted();
  CREATE TRIGGER message_truncated_timed AFTER TRUNCATE ON message
    FOR EACH STATEMENT EXECUTE FUNCTION time_message_truncated();
`;

/** Where there are messages already, the first one to read a scope makes it from the log. */
const scopes = `
  CREATE FUNCTION begin_delivery_times_of_taller() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    INSERT INTO delivery_time_scope (id, time_zone) VALUES (NEW.id, known_time_zone(NEW.time_zone))
    ON CONFLICT DO NOTHING;
    RETURN NULL;
  END $$;
  CREATE TRIGGER taller_begins_delivery_times AFTER INSERT ON taller
    FOR EACH ROW EXECUTE FUNCTION begin_delivery_times_of_taller();

  INSERT INTO delivery_time_scope (id, time_zone)
  SELECT id, time_zone FROM analytics_scope WHERE NOT EXISTS (SELECT FROM message);
`;
