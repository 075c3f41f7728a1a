import type { EntityManager } from 'typeorm';
import { demoCustomers } from '#migrations/seed/demo/demo-customers.js';
import { demoReminders } from '#migrations/seed/demo/demo-reminders.js';
import { demoStaff } from '#migrations/seed/demo/demo-staff.js';
import { demoTaller, demoTalleres } from '#migrations/seed/demo/demo-taller.js';

/** Writes the workshops, their customers, vehicles, staff, preferences and reminders. */
export async function writePeople(manager: EntityManager): Promise<void> {
  await manager.query(insertTalleres, [JSON.stringify(demoTalleres)]);
  await manager.query(insertCustomers, [JSON.stringify(demoCustomers)]);
  await manager.query(insertStaff, [JSON.stringify(demoStaff)]);
  await manager.query(insertReminders, [JSON.stringify(demoReminders), demoTaller.timeZone]);
}

/** Whether any of it is there: then the demo was loaded before, and edits since are kept. */
export async function hasPeople(manager: EntityManager): Promise<boolean> {
  const [{ exists }] = await manager.query(
    `SELECT EXISTS (SELECT FROM taller WHERE slug = ANY($1))
       OR EXISTS (SELECT FROM customer WHERE id = ANY($2)) AS exists`,
    [demoTalleres.map(({ slug }) => slug), demoCustomers.map(({ id }) => id)],
  );
  return exists;
}

// A preference names only what was said: enabled unless switched off.
const saidPreferences = `
  preference.key, coalesce((preference.value->>'enabled')::boolean, true),
  (preference.value->>'priority')::smallint,
  CASE WHEN (preference.value->>'consentWithdrawn')::boolean THEN now() - interval '40 days' END`;

const insertTalleres = `
  INSERT INTO taller (id, slug, name, time_zone, country)
  SELECT id, slug, name, "timeZone", country
  FROM jsonb_to_recordset($1::jsonb)
    AS row (id uuid, slug text, name text, "timeZone" text, country text)
`;

const insertCustomers = `
  WITH person AS (
    SELECT * FROM jsonb_to_recordset($1::jsonb) AS row (id text, "tallerId" uuid, name text, email text, phone text,
      preferences jsonb, vehicles jsonb, suppressed text)
  ), customers AS (
    INSERT INTO customer (id, name, email, phone, taller_id)
    SELECT id, name, email, phone, "tallerId" FROM person
  ), vehicles AS (
    INSERT INTO vehicle (id, customer_id, plate, make, model, year)
    SELECT v.id, person.id, v.plate, v.make, v.model, v.year
    FROM person, jsonb_to_recordset(person.vehicles)
      AS v (id text, plate text, make text, model text, year smallint)
  ), suppressed AS (
    INSERT INTO suppressed_address (channel, address, reason, since, until)
    SELECT suppressed, CASE suppressed WHEN 'email' THEN email ELSE phone END, 'smtp_550',
      now() - interval '35 days', 'infinity'
    FROM person WHERE suppressed IS NOT NULL
    ON CONFLICT DO NOTHING
  )
  INSERT INTO customer_preference (customer_id, channel, enabled, priority, consent_withdrawn_at)
  SELECT person.id, ${saidPreferences}
  FROM person, jsonb_each(person.preferences) AS preference
`;

const insertStaff = `
  WITH person AS (
    SELECT * FROM jsonb_to_recordset($1::jsonb) AS row (id uuid, "tallerId" uuid, name text,
      email text, phone text, preferences jsonb, phases jsonb)
  ), members AS (
    INSERT INTO staff_member (id, taller_id, name, email, phone)
    SELECT id, "tallerId", name, email, phone FROM person
  ), followed AS (
    INSERT INTO staff_phase (staff_member_id, phase_id)
    SELECT person.id, phase.id FROM person JOIN phase ON person.phases ? phase.slug
  )
  INSERT INTO staff_preference (staff_member_id, channel, enabled, priority, consent_withdrawn_at)
  SELECT person.id, ${saidPreferences}
  FROM person, jsonb_each(person.preferences) AS preference
`;

const insertReminders = `
  INSERT INTO reminder (id, customer_id, vehicle_id, service_type_id, description, due_on, status)
  SELECT r.id, r."customerId", r."vehicleId", service_type.id, r.description,
    (now() AT TIME ZONE $2)::date + r."dueInDays", r.status
  FROM jsonb_to_recordset($1::jsonb) AS r (id uuid, "customerId" text, "vehicleId" text,
    description text, "dueInDays" integer, status text)
  JOIN service_type ON service_type.slug = 'mantenimiento-preventivo'
`;
