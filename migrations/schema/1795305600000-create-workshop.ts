import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a workshop is made of: catalog, matrix, templates, customers, vehicles, staff, reminders. */
export class CreateWorkshop1795305600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(searchable);
    await runner.query(catalogAndPeople);
    await runner.query(orchestrationAndTemplates);
    await runner.query(configurationVersion);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE configuration_version, template_version, template, matrix_cell,
        orchestration_config, reminder_notice, reminder, suppressed_address, push_subscription,
        staff_preference, staff_phase, staff_member, customer_preference, vehicle, customer,
        service_subtype, service_type, phase, taller;
      DROP FUNCTION bump_configuration_version();
      DROP FUNCTION searchable(text);
    `);
  }
}

/**
 * A text as searches compare it: without case and accents, so that `nunez` finds Núñez. Extension
 * `unaccent` would do it too, but is not immutable, and a managed Postgres may not allow it.
 */
const searchable = String.raw`
  CREATE FUNCTION searchable(text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS
    $$ SELECT lower(regexp_replace(normalize($1, NFKD), '[\u0300-\u036f]', '', 'g')) $$;
`;

const catalogAndPeople = `
  CREATE TABLE taller (
    id uuid PRIMARY KEY,
    slug text NOT NULL UNIQUE,
    name text NOT NULL,
    time_zone text NOT NULL DEFAULT 'America/Guayaquil',
    country char(2) NOT NULL DEFAULT 'EC',
    is_active boolean NOT NULL DEFAULT true,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
  );

  CREATE TABLE phase (
    id uuid PRIMARY KEY,
    slug text NOT NULL UNIQUE,
    name text NOT NULL,
    icon text NOT NULL DEFAULT '',
    "order" smallint NOT NULL UNIQUE
  );

  CREATE TABLE service_type (
    id uuid PRIMARY KEY,
    slug text NOT NULL UNIQUE,
    name text NOT NULL,
    icon text NOT NULL DEFAULT '',
    "order" smallint NOT NULL
  );

  CREATE TABLE service_subtype (
    id uuid PRIMARY KEY,
    service_type_id uuid NOT NULL REFERENCES service_type ON DELETE CASCADE,
    slug text NOT NULL,
    name text NOT NULL,
    icon text NOT NULL DEFAULT '',
    "order" smallint NOT NULL,
    UNIQUE (service_type_id, slug)
  );

  -- Ids of customers and vehicles are the core system's own, so they are text.
  CREATE TABLE customer (
    id text PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 100),
    name text NOT NULL,
    email text,
    phone text,
    taller_id uuid REFERENCES taller ON DELETE RESTRICT,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
  );

  CREATE TABLE vehicle (
    id text PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 100),
    customer_id text NOT NULL REFERENCES customer ON DELETE CASCADE,
    plate text NOT NULL,
    make text NOT NULL,
    model text NOT NULL,
    year smallint,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE INDEX vehicle_customer ON vehicle (customer_id);

  CREATE TABLE customer_preference (
    customer_id text NOT NULL REFERENCES customer ON DELETE CASCADE,
    channel text NOT NULL,
    enabled boolean NOT NULL DEFAULT true,
    priority smallint CHECK (priority > 0),
    consent_withdrawn_at timestamptz,
    PRIMARY KEY (customer_id, channel)
  );

  CREATE TABLE staff_member (
    id uuid PRIMARY KEY,
    taller_id uuid NOT NULL REFERENCES taller ON DELETE CASCADE,
    name text NOT NULL,
    email text,
    phone text,
    is_active boolean NOT NULL DEFAULT true,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE INDEX staff_member_taller ON staff_member (taller_id);

  -- The phases that a member of staff follows.
  CREATE TABLE staff_phase (
    staff_member_id uuid NOT NULL REFERENCES staff_member ON DELETE CASCADE,
    phase_id uuid NOT NULL REFERENCES phase ON DELETE CASCADE,
    PRIMARY KEY (staff_member_id, phase_id)
  );

  CREATE TABLE staff_preference (
    staff_member_id uuid NOT NULL REFERENCES staff_member ON DELETE CASCADE,
    channel text NOT NULL,
    enabled boolean NOT NULL DEFAULT true,
    priority smallint CHECK (priority > 0),
    consent_withdrawn_at timestamptz,
    PRIMARY KEY (staff_member_id, channel)
  );

  -- One browser on one device. An endpoint that the push service calls gone is ended, not deleted:
  -- the log goes on naming it.
  CREATE TABLE push_subscription (
    id uuid PRIMARY KEY,
    customer_id text REFERENCES customer ON DELETE CASCADE,
    staff_member_id uuid REFERENCES staff_member ON DELETE CASCADE,
    endpoint text NOT NULL UNIQUE,
    p256dh text NOT NULL,
    auth text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    ended_at timestamptz,
    ended_because text,
    CHECK (num_nonnulls(customer_id, staff_member_id) = 1)
  );
  CREATE INDEX push_subscription_customer ON push_subscription (customer_id) WHERE ended_at IS NULL;
  CREATE INDEX push_subscription_staff ON push_subscription (staff_member_id) WHERE ended_at IS NULL;

  -- Mailboxes and numbers that a provider called wrong or gone. The first time for a day, because
  -- WhatsApp's "not on WhatsApp" has false alarms; the second time for good.
  CREATE TABLE suppressed_address (
    channel text NOT NULL,
    address text NOT NULL,
    reason text NOT NULL,
    since timestamptz NOT NULL DEFAULT now(),
    until timestamptz NOT NULL,
    PRIMARY KEY (channel, address)
  );

  CREATE TABLE reminder (
    id uuid PRIMARY KEY,
    customer_id text NOT NULL REFERENCES customer ON DELETE CASCADE,
    vehicle_id text NOT NULL REFERENCES vehicle ON DELETE CASCADE,
    service_type_id uuid NOT NULL REFERENCES service_type,
    description text NOT NULL DEFAULT '',
    due_on date NOT NULL,
    status text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'completed', 'cancelled')),
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE INDEX reminder_due ON reminder (due_on) WHERE status = 'pending';
  CREATE INDEX reminder_customer ON reminder (customer_id);

  -- Which notice of a reminder was given: each once, whatever runs twice.
  CREATE TABLE reminder_notice (
    reminder_id uuid NOT NULL REFERENCES reminder ON DELETE CASCADE,
    due_on date NOT NULL,
    offset_days smallint NOT NULL,
    event_id uuid,
    refusal text,
    given_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (reminder_id, due_on, offset_days)
  );
`;

const orchestrationAndTemplates = `
  -- taller_id null: the global configuration, for every workshop without one of its own.
  CREATE TABLE orchestration_config (
    id uuid PRIMARY KEY,
    service_type_id uuid NOT NULL REFERENCES service_type ON DELETE CASCADE,
    target text NOT NULL CHECK (target IN ('clients', 'staff')),
    taller_id uuid REFERENCES taller ON DELETE CASCADE,
    is_active boolean NOT NULL DEFAULT true,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE NULLS NOT DISTINCT (service_type_id, target, taller_id)
  );

  CREATE TABLE matrix_cell (
    config_id uuid NOT NULL REFERENCES orchestration_config ON DELETE CASCADE,
    phase_id uuid NOT NULL REFERENCES phase ON DELETE CASCADE,
    channel text NOT NULL,
    enabled boolean NOT NULL,
    priority smallint NOT NULL CHECK (priority > 0),
    PRIMARY KEY (config_id, phase_id, channel)
  );

  CREATE TABLE template (
    id uuid PRIMARY KEY,
    name text NOT NULL,
    channel text NOT NULL,
    target text NOT NULL CHECK (target IN ('clients', 'staff')),
    phase_id uuid NOT NULL REFERENCES phase ON DELETE CASCADE,
    service_type_id uuid NOT NULL REFERENCES service_type ON DELETE CASCADE,
    subtype_id uuid REFERENCES service_subtype ON DELETE CASCADE,
    taller_id uuid REFERENCES taller ON DELETE CASCADE,
    event_type text,
    is_active boolean NOT NULL DEFAULT true,
    current_version_id uuid NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE NULLS NOT DISTINCT
      (channel, target, phase_id, service_type_id, subtype_id, taller_id, event_type)
  );

  -- A version never changes: a message keeps the id of its version and is rendered from it at
  -- every attempt, byte for byte the same. source is what people wrote, published what is sent
  -- (an e-mail's HTML inside the compiled layout).
  CREATE TABLE template_version (
    id uuid PRIMARY KEY,
    template_id uuid NOT NULL REFERENCES template ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    version integer NOT NULL CHECK (version > 0),
    source jsonb NOT NULL,
    published jsonb NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (template_id, version)
  );
  ALTER TABLE template ADD FOREIGN KEY (current_version_id) REFERENCES template_version
    DEFERRABLE INITIALLY DEFERRED;
`;

/**
 * Processes cache the configuration whole. Each dispatch reads this one number with the rest of
 * what it reads, and loads the configuration again when it moved.
 */
const configurationVersion = `
  CREATE TABLE configuration_version (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    version bigint NOT NULL
  );
  INSERT INTO configuration_version (version) VALUES (1);

  CREATE FUNCTION bump_configuration_version() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    UPDATE configuration_version SET version = version + 1;
    RETURN NULL;
  END $$;

${[
  'taller',
  'phase',
  'service_type',
  'service_subtype',
  'orchestration_config',
  'matrix_cell',
  'template',
]
  .map(
    (table) => `
  CREATE TRIGGER ${table}_bumps_configuration
    AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON ${table}
    FOR EACH STATEMENT EXECUTE FUNCTION bump_configuration_version();`,
  )
  .join('\n')}
`;
