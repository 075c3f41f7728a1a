import fastify from 'fastify';
import pg from 'pg';
import { uuidv7 } from 'uuidv7';
import { z } from 'zod';

/**
 * The floor of accepting: the rows of one dispatch, inserted by one prepared statement a request,
 * with no validation, resolving or rendering before it.
 */
const row = z.record(z.string(), z.unknown());
const { DATABASE_URL, FLOOR_PORT, FLOOR_ROWS } = z
  .object({ DATABASE_URL: z.string(), FLOOR_PORT: z.coerce.number(), FLOOR_ROWS: z.string() })
  .parse(process.env);
/** The rows of a dispatch that the service itself wrote; only the ids are made anew. */
const { event, notification, message } = z
  .object({ event: row, notification: row, message: row })
  .parse(JSON.parse(FLOOR_ROWS));

const values: unknown[] = [];
const text = `
  WITH e AS (${insertInto('event', event)}), n AS (${insertInto('notification', notification)})
  ${insertInto('message', message)}
`;
const idsAt = {
  event: [
    values.indexOf(event.id),
    values.indexOf(notification.event_id, values.indexOf(event.id) + 1),
  ],
  notification: [
    values.indexOf(notification.id),
    values.indexOf(message.notification_id, values.indexOf(notification.id) + 1),
  ],
  message: [values.indexOf(message.id)],
};

const pool = new pg.Pool({ connectionString: DATABASE_URL, max: 8 });
const server = fastify();
server.post('/', async (_request, reply) => {
  const fresh = [...values];
  for (const places of Object.values(idsAt)) {
    const id = uuidv7();
    for (const place of places) fresh[place] = id;
  }
  await pool.query({ name: 'floor', text, values: fresh });
  return reply.code(202).send({ accepted: true });
});
server.get('/', async () => ({ ready: true }));
await server.listen({ host: '127.0.0.1', port: FLOOR_PORT });

function insertInto(table: string, columns: Record<string, unknown>): string {
  const places = Object.values(columns).map((value) =>
    values.push(typeof value === 'object' && value !== null ? JSON.stringify(value) : value),
  );
  const names = Object.keys(columns).map((name) => `"${name}"`);
  return `INSERT INTO ${table} (${names.join(', ')}) VALUES ($${places.join(', $')})`;
}
