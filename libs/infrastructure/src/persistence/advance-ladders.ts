import type { DataSource, EntityManager } from 'typeorm';
import type { Channel } from '#domain/catalog/channels.js';
import type { Climber } from '#domain/delivery/climb-ladder.js';
import { decideAdvance } from '#domain/delivery/decide-advance.js';
import {
  type LockedNotification,
  lockFreeNotification,
  type MadeMessage,
  startRung,
} from './start-rung.js';
import { retryDeadlocks } from './transient-errors.js';

/**
 * Starts the next rung of the ladders whose time is over: what a cell's `advance_until` asks for
 * has not come by then. Gives back the messages to wake, and whether more may be waiting.
 *
 * @param limit how many ladders are looked at
 */
export async function advanceLadders(
  dataSource: DataSource,
  limit: number,
): Promise<{ made: MadeMessage[]; more: boolean }> {
  const [, closed] = await dataSource.query<[unknown, number]>(closeReached, [limit]);
  const late = await dataSource.query<{ id: string }[]>(findLate, [limit]);
  const made: MadeMessage[] = [];
  for (const { id } of late) {
    const started = await retryDeadlocks(() =>
      dataSource.transaction((manager) => advance(manager, id)),
    );
    made.push(...started);
  }
  return { made, more: closed === limit || late.length === limit };
}

interface TimedMessage extends Climber {
  id: string;
  channel: Channel;
  /** Its time is over. */
  late: boolean;
  /** It is still of use. */
  useful: boolean;
}

async function advance(manager: EntityManager, notificationId: string): Promise<MadeMessage[]> {
  const notification = await lockFreeNotification(manager, notificationId);
  if (!notification) return [];
  // A statement of its own, after the lock: it sees what was committed before that.
  const messages = await manager.query<TimedMessage[]>(readTimed, [notificationId]);
  const late = messages.filter((message) => message.late);
  const [first] = late;
  return first ? goOn(manager, notification, messages, late, first) : [];
}

async function goOn(
  manager: EntityManager,
  notification: LockedNotification,
  messages: readonly TimedMessage[],
  late: readonly TimedMessage[],
  first: TimedMessage,
): Promise<MadeMessage[]> {
  // Earlier rungs that are late, too, have a later one: only the highest counts.
  const rung = Math.max(...late.map((message) => message.rung));
  const last = late.find((message) => message.rung === rung) ?? first;
  const step = last.useful
    ? decideAdvance(notification.state, notification.ladder, messages, rung)
    : { kind: 'close' as const };
  let ids = late.map(({ id }) => id);
  if (step.kind === 'wait') {
    await manager.query(waitLonger, [ids]);
    return [];
  }
  if (step.kind === 'start_rung' && step.givesUpQueued) {
    const queued = messages.filter(
      (message) => message.rung === rung && message.state === 'queued',
    );
    const [, given] = await manager.query<[unknown, number]>(giveUpQueued, [
      queued.map(({ id }) => id),
      step.because,
    ]);
    // A worker claimed one in this moment: its answer may be what was asked for.
    if (given < queued.length) {
      await manager.query(waitLonger, [ids]);
      return [];
    }
    ids = ids.filter((id) => !queued.some((message) => message.id === id));
  }
  if (ids.length > 0) {
    await manager.query('UPDATE message SET advance_at = NULL WHERE id = ANY($1::uuid[])', [ids]);
  }
  if (step.kind === 'close') return [];
  const left = { id: last.id, channel: last.channel, attempt: null };
  return startRung(manager, notification, step.rung, left, step.because);
}

/**
 * What was asked for has come: most messages, and no ladder need be looked at for them.
 *
 * `now()` and not `clock_timestamp()`, which Postgres compares with every row of the index: with
 * thousands whose time is still to come, each sweep would read them all.
 */
const closeReached = `
  UPDATE message SET advance_at = NULL WHERE id IN (
    SELECT id FROM message
    WHERE advance_at <= now() AND (
      state = 'read' OR state = 'delivered' AND advance_until <> 'read'
      OR state = 'sent' AND advance_until = 'sent')
    ORDER BY advance_at LIMIT $1
    FOR UPDATE SKIP LOCKED)
`;

const findLate = `
  SELECT DISTINCT notification_id AS id FROM (
    SELECT notification_id FROM message WHERE advance_at <= now()
    ORDER BY advance_at LIMIT $1) late
`;

const readTimed = `
  SELECT id, rung, channel, state, coalesce(advance_at <= clock_timestamp(), false) AS late,
    coalesce(valid_until > clock_timestamp(), true) AS useful
  FROM message WHERE notification_id = $1 ORDER BY rung, id
`;

const waitLonger = `
  UPDATE message SET advance_at = clock_timestamp() + interval '2 s' WHERE id = ANY($1::uuid[])
`;

const giveUpQueued = `
  UPDATE message SET state = 'failed', state_reason = $2, advance_at = NULL
  WHERE id = ANY($1::uuid[]) AND state = 'queued'
`;
