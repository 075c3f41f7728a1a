import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Roll-ups of the messages: how many there are of each state, by day, channel and event type.
 *
 * Whatever changes a message leaves the difference in `analytics_delta`, in the same commit. Rows
 * are only ever added there, so writers never wait for each other, as they would for a counter.
 * The scheduler folds the differences into `analytics_day`; who reads adds up both.
 */
export class CreateAnalytics1795305600010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(messageColumns);
    await runner.query(rollUps);
    await runner.query(countFunctions);
    await runner.query(triggers);
    await runner.query(scopes);
    await runner.query(`INSERT INTO schedule (name, cron) VALUES ('fold_analytics', '* * * * *')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DELETE FROM schedule WHERE name = 'fold_analytics';
      DROP TRIGGER taller_begins_analytics ON taller;
      DROP TRIGGER message_names_event ON message;
      ${changes.map((change) => `DROP TRIGGER message_${change} ON message;`).join('\n')}
      DROP FUNCTION begin_analytics_of_taller(), name_event_of_message(), known_time_zone(text);
      ${changes.map((change) => `DROP FUNCTION count_message_${change}();`).join('\n')}
      DROP TABLE analytics_delta, analytics_day, analytics_scope;
      ALTER TABLE message DROP COLUMN event_type, DROP COLUMN taller_id,
        DROP COLUMN scheduled_for;
    `);
  }
}

const changes = ['inserted', 'updated', 'deleted', 'truncated'] as const;

/**
 * A message says of itself what it is counted by: its event may be deleted before it, or with it,
 * and nobody could tell then what to take back.
 */
const messageColumns = `
  -- event_type and taller_id are the event's. scheduled_for: when it was first wanted, where that
  -- was later than its making.
  ALTER TABLE message
    ADD COLUMN event_type text NOT NULL DEFAULT '',
    ADD COLUMN taller_id uuid,
    ADD COLUMN scheduled_for timestamptz;
  UPDATE message m SET event_type = e.event_type, taller_id = e.taller_id,
    scheduled_for = CASE WHEN m.rung = 0 THEN e.scheduled_for END
  FROM notification n JOIN event e ON e.id = n.event_id WHERE n.id = m.notification_id;

  -- For those who write a message and do not say of which event.
  CREATE FUNCTION name_event_of_message() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    SELECT e.event_type, e.taller_id, CASE WHEN NEW.rung = 0 THEN e.scheduled_for END
    INTO NEW.event_type, NEW.taller_id, NEW.scheduled_for
    FROM notification n JOIN event e ON e.id = n.event_id WHERE n.id = NEW.notification_id;
    NEW.event_type := coalesce(NEW.event_type, '');
    RETURN NEW;
  END $$;
  CREATE TRIGGER message_names_event BEFORE INSERT ON message
    FOR EACH ROW WHEN (NEW.event_type = '') EXECUTE FUNCTION name_event_of_message();
`;

const rollUps = `
  -- Differences not yet folded. quarter: the quarter of an hour in which the messages were made,
  -- because every zone's day begins on one. timed: how many of them have a sent_at; delivery_ms:
  -- from their making, or the time that they were scheduled for, until then, in sum.
  CREATE TABLE analytics_delta (
    quarter timestamptz NOT NULL,
    taller_id uuid,
    channel text NOT NULL,
    event_type text NOT NULL,
    state text NOT NULL,
    messages integer NOT NULL,
    timed integer NOT NULL,
    delivery_ms bigint NOT NULL
  ) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);

  -- Whose messages are added up: a workshop's, or (the nil UUID) everybody's; and in which zone
  -- its days are meant.
  CREATE TABLE analytics_scope (
    id uuid PRIMARY KEY,
    time_zone text NOT NULL
  );

  CREATE TABLE analytics_day (
    scope_id uuid NOT NULL,
    day date NOT NULL,
    channel text NOT NULL,
    event_type text NOT NULL,
    state text NOT NULL,
    messages bigint NOT NULL,
    timed bigint NOT NULL,
    delivery_ms bigint NOT NULL,
    PRIMARY KEY (scope_id, day, channel, event_type, state)
  ) WITH (fillfactor = 70);
`;

/** What a table of messages adds to the roll-ups, or takes away from them (sign -1). */
const counted = (table: 'before' | 'after', sign: 1 | -1) => `
      SELECT date_bin('15 minutes', created_at, timestamptz '2000-01-01 00:00Z') AS quarter,
        taller_id, channel, event_type, state, ${sign} AS messages,
        CASE WHEN sent_at IS NOT NULL THEN ${sign} ELSE 0 END AS timed,
        CASE WHEN sent_at IS NOT NULL THEN ${sign} * round(1000 *
          date_part('epoch', sent_at - greatest(created_at, scheduled_for)))::bigint
        ELSE 0 END AS delivery_ms
      FROM ${table}`;

const countInto = (name: (typeof changes)[number], rows: string) => `
  CREATE OR REPLACE FUNCTION count_message_${name}() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    INSERT INTO analytics_delta
    SELECT quarter, taller_id, channel, event_type, state,
      sum(messages), sum(timed), sum(delivery_ms)
    FROM (${rows}
    ) changed
    GROUP BY quarter, taller_id, channel, event_type, state
    HAVING sum(messages) <> 0 OR sum(timed) <> 0 OR sum(delivery_ms) <> 0;
    RETURN NULL;
  END $$;
`;

/** Functions of what the triggers do; a later step may have put others in their place. */
export const countFunctions = `
  ${countInto('inserted', counted('after', 1))}
  ${countInto('updated', `${counted('before', -1)}\n      UNION ALL${counted('after', 1)}`)}
  ${countInto('deleted', counted('before', -1))}
  CREATE OR REPLACE FUNCTION count_message_truncated() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    TRUNCATE analytics_delta, analytics_day;
    RETURN NULL;
  END $$;
`;

const triggers = `
  CREATE TRIGGER message_inserted AFTER INSERT ON message
    REFERENCING NEW TABLE AS after
    FOR EACH STATEMENT EXECUTE FUNCTION count_message_inserted();
  CREATE TRIGGER message_updated AFTER UPDATE ON message
    REFERENCING OLD TABLE AS before NEW TABLE AS after
    FOR EACH STATEMENT EXECUTE FUNCTION count_message_updated();
  CREATE TRIGGER message_deleted AFTER DELETE ON message
    REFERENCING OLD TABLE AS before
    FOR EACH STATEMENT EXECUTE FUNCTION count_message_deleted();
  CREATE TRIGGER message_truncated AFTER TRUNCATE ON message
    FOR EACH STATEMENT EXECUTE FUNCTION count_message_truncated();
`;

/**
 * A scope is kept from where nothing of it is in the log. What is missing here because the log has
 * messages already, the first one to read it makes from the log.
 */
const scopes = `
  -- The zone, or the default one where this Postgres does not know it: its list may be older than
  -- that of the program which checked the name.
  CREATE FUNCTION known_time_zone(text) RETURNS text LANGUAGE plpgsql STABLE AS $$
  BEGIN
    PERFORM now() AT TIME ZONE $1;
    RETURN $1;
  EXCEPTION WHEN invalid_parameter_value THEN
    RETURN 'America/Guayaquil';
  END $$;

  CREATE FUNCTION begin_analytics_of_taller() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    INSERT INTO analytics_scope (id, time_zone) VALUES (NEW.id, known_time_zone(NEW.time_zone))
    ON CONFLICT DO NOTHING;
    RETURN NULL;
  END $$;
  CREATE TRIGGER taller_begins_analytics AFTER INSERT ON taller
    FOR EACH ROW EXECUTE FUNCTION begin_analytics_of_taller();

  INSERT INTO analytics_scope (id, time_zone)
  SELECT id, time_zone FROM (
    SELECT uuid '00000000-0000-0000-0000-000000000000' AS id, 'America/Guayaquil' AS time_zone
    UNION ALL SELECT id, known_time_zone(time_zone) FROM taller
  ) wanted
  WHERE NOT EXISTS (SELECT FROM message);
`;
