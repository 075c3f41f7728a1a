import fc from 'fast-check';
import type { DataSource } from 'typeorm';
import { messageStates } from '#domain/analytics/delivery-figures.js';
import { RollUps } from '../persistence/roll-ups.js';
import {
  insertMessages,
  messageParameters,
  type NewMessages,
  zonedTalleres,
} from './message-log.js';

/** One change of the log, as some writer may make it. */
export interface Step {
  kind: 'make' | 'move' | 'delete' | 'delete_event' | 'forget_address' | 'fold';
  made: NewMessages;
  from: string;
  to: string;
  count: number;
  /** The writer's transaction fails after the change. */
  undone: boolean;
}

const statements: Record<Exclude<Step['kind'], 'fold'>, (step: Step) => [string, unknown[]]> = {
  make: ({ made }) => [insertMessages, messageParameters(made)],
  move: ({ from, to, count }) => [
    `UPDATE message SET state = $2, attempts = attempts + 1,
       sent_at = CASE WHEN $2 IN ('sent', 'delivered', 'read')
         THEN coalesce(sent_at, created_at + random() * interval '1 hour') ELSE sent_at END
     WHERE id IN (SELECT id FROM message WHERE state = $1 LIMIT $3 FOR UPDATE SKIP LOCKED)
       AND set_config('ambacar.rewrite_log', 'on', true) = 'on'`,
    [from, to, count],
  ],
  delete: ({ count }) => [
    `DELETE FROM message WHERE id IN (
       SELECT id FROM message ORDER BY created_at LIMIT $1 FOR UPDATE SKIP LOCKED)`,
    [count],
  ],
  delete_event: ({ count }) => [
    `WITH old AS (
       SELECT id, notification_id FROM message LIMIT $1 FOR UPDATE SKIP LOCKED
     ), events AS (
       DELETE FROM event WHERE id IN (SELECT n.event_id FROM notification n JOIN old
         ON old.notification_id = n.id)
     ), notifications AS (
       DELETE FROM notification WHERE id IN (SELECT notification_id FROM old)
     )
     DELETE FROM message WHERE id IN (SELECT id FROM old)`,
    [count],
  ],
  forget_address: ({ count }) => [
    `UPDATE message SET address = '{}' WHERE id IN (
       SELECT id FROM message LIMIT $1 FOR UPDATE SKIP LOCKED)`,
    [count],
  ],
};

/** Makes the changes one after another, as one of several writers at the same time. */
export async function write(process: DataSource, steps: readonly Step[]): Promise<void> {
  for (const step of steps) {
    if (step.kind === 'fold') {
      await new RollUps(process).fold();
      continue;
    }
    const [sql, parameters] = statements[step.kind](step);
    const runner = process.createQueryRunner();
    await runner.startTransaction();
    await runner.query(sql, parameters);
    await (step.undone ? runner.rollbackTransaction() : runner.commitTransaction());
    await runner.release();
  }
}

const hourMs = 3_600_000;
/** Where the zones' days begin, in hours of UTC's. */
const midnights = [5, 6, 7, 8, 18.25];
/** Around both changes of the clocks in Tijuana, and mostly around a midnight of some zone. */
const anyMoment = fc
  .record({
    start: fc.constantFrom('2026-03-06T00:00:00Z', '2026-10-30T00:00:00Z'),
    day: fc.nat(4),
    hour: fc.oneof(fc.nat(23), fc.constantFrom(...midnights), fc.constantFrom(...midnights)),
    minutes: fc.integer({ min: -20, max: 20 }),
  })
  .map(({ start, day, hour, minutes }) => {
    const hours = day * 24 + hour + minutes / 60;
    return new Date(Date.parse(start) + hours * hourMs);
  });
export const anyStep: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom(
    ...(['make', 'make', 'make', 'move', 'move', 'move', 'move', 'fold'] as const),
    ...(['delete', 'delete_event', 'forget_address'] as const),
  ),
  made: fc.record({
    count: fc.integer({ min: 1, max: 20 }),
    createdAt: anyMoment,
    tallerId: fc.constantFrom(null, ...zonedTalleres.map(({ id }) => id)),
    channel: fc.constantFrom('email', 'whatsapp', 'push'),
    eventType: fc.constantFrom('vehicle_ready', 'appointment_scheduled'),
    scheduledInHours: fc.constantFrom(null, 24),
  }),
  from: fc.constantFrom('queued', 'queued', 'sending', 'sending', 'sent', 'delivered'),
  to: fc.constantFrom(...messageStates),
  count: fc.integer({ min: 1, max: 30 }),
  undone: fc.constantFrom(true, false, false, false, false),
});
export const anyDay = anyMoment.map((at) => at.toISOString().slice(0, 10));
