import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { QueueRefusal } from './queue-refusal.js';

const heardWithinMs = 2000;

/**
 * Makes sure that what is told on one way to the database is heard on the other, as workers are
 * woken: throws {@link QueueRefusal} when nothing comes within 2 s, and the driver's error when
 * the database is out of reach. Gives back how long it took, in ms.
 *
 * The teller is another connection on purpose: a pooler by transaction gives a session that tells
 * itself something the answer with the same breath, and nothing afterwards.
 *
 * @param sessionUrl where LISTEN is to work
 * @param url where the programs write; the same by default
 */
export async function checkListening(sessionUrl: string, url = sessionUrl): Promise<number> {
  const [ear, mouth] = [clientAt(sessionUrl), clientAt(url)];
  try {
    await Promise.all([ear.connect(), mouth.connect()]);
    const startedMs = performance.now();
    const topic = `ambacar_check_${randomBytes(6).toString('hex')}`;
    const heard = once(ear, 'notification').then(() => true);
    await ear.query(`LISTEN ${topic}`);
    await mouth.query(`NOTIFY ${topic}`);
    if (await Promise.race([heard, pause(heardWithinMs, false)])) {
      return Math.round(performance.now() - startedMs);
    }
    const where = await Promise.all([identityOf(ear), identityOf(mouth)]);
    const sameDatabase = where[0] === where[1];
    throw new QueueRefusal(sameDatabase ? 'deaf' : 'elsewhere', hostOf(sessionUrl));
  } finally {
    await Promise.all([ear.end(), mouth.end()].map((farewell) => farewell.catch(() => undefined)));
  }
}

function clientAt(connectionString: string): pg.Client {
  const client = new pg.Client({
    connectionString,
    application_name: 'ambacar-check',
    connectionTimeoutMillis: 5000,
    query_timeout: 5000,
  });
  // Errors arrive by the queries; an event that nobody listens to would end the process.
  client.on('error', () => undefined);
  return client;
}

/** The same for two sessions on one database, and for no others. */
async function identityOf(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ identity: string }>(
    `SELECT concat_ws(' ', pg_postmaster_start_time(), oid) AS identity
     FROM pg_database WHERE datname = current_database()`,
  );
  return rows[0]?.identity ?? '';
}

function hostOf(url: string): string {
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}
