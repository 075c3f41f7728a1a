import { insertMailCustomers, mailDispatch } from './dispatch-body.js';
import type { Instance } from './instance.js';
import { load } from './load.js';
import { measureLoad, type SustainedLoad } from './measure-load.js';

export interface OutageResult {
  /** E-mails that wait for a server that is away. */
  waiting: number;
  /** WhatsApp's messages before there were any, and while they wait. */
  before: SustainedLoad;
  during: SustainedLoad;
  /** Messages that were tried at the server that is away, in a minute; it is asked first. */
  triesPerMinute: number;
}

/**
 * What one channel's outage costs another: a steady load of WhatsApp's messages with nothing else
 * to do, and again while so many e-mails wait for their server. The instance has to name one that
 * nobody listens at.
 */
export async function measureOutage(
  instance: Instance,
  waiting: number,
  perSecond: number,
  minutes: number,
): Promise<OutageResult> {
  const { database } = instance;
  await database.query(insertMailCustomers);
  const before = await measureLoad(instance, perSecond, minutes);
  const options = { requests: waiting, connections: 32, expectedStatus: 202 };
  await load(instance.apiUrl, '/api/v1/notifications/events/dispatch/', mailDispatch, options);
  await untilParked(instance, waiting);
  const [{ since }] = await database.query<[{ since: string }]>('SELECT now()::text AS since');
  const during = await measureLoad(instance, perSecond, minutes);
  const [{ tries }] = await database.query<[{ tries: string }]>(
    `SELECT count(*) AS tries FROM timeline t JOIN message m ON m.id = t.message_id
     WHERE m.channel = 'email' AND t.kind = 'attempt_started' AND t.at > $1`,
    [since],
  );
  return { waiting, before, during, triesPerMinute: Number(tries) / minutes };
}

/** Until all but the few that a probe may hold wait for their account. */
async function untilParked({ database }: Instance, waiting: number): Promise<void> {
  const givesUpAt = performance.now() + 120_000;
  for (;;) {
    const [{ parked }] = await database.query<[{ parked: string }]>(
      `SELECT count(*) AS parked FROM message WHERE channel = 'email' AND held_by IS NOT NULL`,
    );
    if (Number(parked) >= waiting - 20) return;
    if (performance.now() > givesUpAt) throw new Error(`only ${parked} of ${waiting} are parked`);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}
