import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import {
  openSeededDatabase,
  type SeededDatabase,
} from '#infrastructure/testing/seeded-database.js';
import { RunJournals } from '../journals.js';
import { check } from './check.js';
import type { Evidence, Violation } from './evidence.js';
import { readEvidence } from './read-evidence.js';
import { leaveCleanRun } from './testing/clean-run.js';

let database: SeededDatabase;
let client: pg.Client;
let journals: RunJournals;

beforeAll(async () => {
  database = await openSeededDatabase();
  journals = new RunJournals(await mkdtemp(join(tmpdir(), 'ambacar-checker-')));
  await leaveCleanRun(database.dataSource, journals);
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.close();
  await rm(journals.folder, { recursive: true, force: true });
});

const read = () => readEvidence(client, journals);
const found = (violations: Violation[]) => [...new Set(violations.map(({ rule }) => rule))].sort();

/** Reads the evidence after a change of the database, which is taken back. */
async function afterSql(sql: string): Promise<Evidence> {
  await client.query('BEGIN');
  try {
    // As a fault of the hardware would: past triggers and constraints.
    await client.query('SET LOCAL session_replication_role = replica');
    await client.query(sql);
    return await read();
  } finally {
    await client.query('ROLLBACK');
  }
}

const ofKey = (key: string) =>
  `(SELECT n.id FROM notification n JOIN idempotency_key k ON k.event_id = n.event_id
    WHERE k.key = '${key}')`;
const messageOf = (key: string) => `message WHERE notification_id = ${ofKey(key)}`;
const entry = (key: string, kind: string, at: string, data = '{}', attempt = 'NULL') =>
  `INSERT INTO timeline (notification_id, message_id, kind, attempt, at, data)
   SELECT notification_id, id, '${kind}', ${attempt}, ${at}, '${data}' FROM ${messageOf(key)} LIMIT 1`;

test('a run without a fault breaks no promise', async () => {
  const evidence = await read();
  expect(evidence.notifications.map(({ state }) => state).sort()).toEqual([
    'failed',
    'sent',
    'sent',
    'sent',
  ]);
  expect(evidence.arrivals.length).toBeGreaterThan(3);
  expect(check(evidence)).toEqual([]);
});

describe('a damaged database is found out:', () => {
  test.each<[string, string, string]>([
    [
      'an accepted event is gone',
      `DELETE FROM event WHERE id IN
       (SELECT event_id FROM idempotency_key WHERE key = 'retried')`,
      'lost',
    ],
    ['its notification is gone', `DELETE FROM notification WHERE id = ${ofKey('retried')}`, 'lost'],
    [
      'a key names another event',
      `UPDATE idempotency_key SET key = 'other' WHERE key = 'retried'`,
      'key_twice',
    ],
    [
      'a notification never ended',
      `UPDATE notification SET state = 'in_progress'
       WHERE id = ${ofKey('retried')}`,
      'no_next_step',
    ],
    [
      'a message waits and nobody comes',
      `UPDATE notification SET state = 'in_progress'
       WHERE id = ${ofKey('retried')};
       UPDATE message SET state = 'queued' WHERE notification_id = ${ofKey('retried')}`,
      'not_ended',
    ],
    [
      'a notification ended twice',
      `${entry('failed', 'ended', 'now()', '{"state": "failed"}')}`,
      'ended_twice',
    ],
    [
      'a failed one is no dead letter',
      `DELETE FROM dead_letter WHERE id = ${ofKey('failed')}`,
      'failed_unseen',
    ],
    [
      'a failed one is told as sent',
      `UPDATE message SET state = 'sent', sent_at = now()
       WHERE notification_id = ${ofKey('failed')}`,
      'never_arrived',
    ],
    [
      'what arrived is told as failed',
      `UPDATE message SET state = 'failed', sent_at = NULL
       WHERE notification_id = ${ofKey('retried')}`,
      'arrived_untold',
    ],
    [
      'an attempt is left out',
      `DELETE FROM timeline WHERE notification_id = ${ofKey('retried')}
       AND attempt = 1`,
      'attempts_order',
    ],
    [
      'two attempts at once',
      `UPDATE timeline SET kind = 'attempt_started'
       WHERE notification_id = ${ofKey('retried')} AND attempt = 1`,
      'attempts_order',
    ],
    [
      'more attempts than retries',
      `UPDATE message SET attempts = 9
       WHERE notification_id = ${ofKey('retried')}`,
      'attempts_many',
    ],
    [
      'sent after its use',
      `UPDATE message SET valid_until = created_at
       WHERE notification_id = ${ofKey('retried')}`,
      'too_late',
    ],
    [
      'sent after it was canceled',
      `${entry('retried', 'ended', "now() - interval '1 hour'", '{"state": "canceled"}')}`,
      'too_late',
    ],
    [
      'sent after the consent was withdrawn',
      `${entry(
        'retried',
        'next_rung',
        "now() - interval '1 hour'",
        '{"because": "consent_withdrawn", "from": "email"}',
      )}`,
      'too_late',
    ],
    [
      'a rung stands in another place',
      `UPDATE message SET rung = 7
       WHERE notification_id = ${ofKey('retried')}`,
      'ladder_order',
    ],
    [
      'a step was not told',
      `DELETE FROM timeline WHERE notification_id = ${ofKey('climbed')}
       AND kind = 'next_rung'`,
      'ladder_steps',
    ],
    [
      'a rung began after success',
      `UPDATE timeline SET data = data || '{"outcome": "accepted"}'
       WHERE notification_id = ${ofKey('climbed')} AND kind = 'attempt_ended'`,
      'rung_after_success',
    ],
    [
      'a dead claim',
      `UPDATE message SET state = 'sending', lease_until = now() - interval '1 min'
       WHERE notification_id = ${ofKey('retried')}`,
      'lease_held',
    ],
    [
      'a message of an ended notification waits',
      `UPDATE message SET state = 'queued',
       due_at = now() - interval '1 hour' WHERE notification_id = ${ofKey('failed')}`,
      'left_queued',
    ],
    [
      'a message of no notification',
      `DELETE FROM notification WHERE id = ${ofKey('retried')}`,
      'orphan',
    ],
    [
      'a run that was never ended',
      `INSERT INTO schedule_run (schedule_name, due_at, started_at)
       VALUES ('x', now(), now() - interval '1 hour')`,
      'run_held',
    ],
    [
      'a message counted twice',
      `INSERT INTO analytics_delta VALUES
       (now(), NULL, 'email', 'x', 'sent', 1, 0, 0)`,
      'miscounted',
    ],
    [
      'a state that the timeline does not tell',
      `UPDATE notification SET state = 'expired'
       WHERE id = ${ofKey('retried')}`,
      'replay',
    ],
    [
      'an attempt that the timeline does not tell',
      `UPDATE message SET attempts = 1
       WHERE notification_id = ${ofKey('retried')}`,
      'replay',
    ],
  ])('%s', async (_, sql, rule) => {
    expect(found(check(await afterSql(sql)))).toContain(rule);
  });
});

describe('a world that saw something else is found out:', () => {
  const repeat = (evidence: Evidence) => {
    const [first] = evidence.arrivals;
    if (first) evidence.arrivals.push(first);
  };
  test.each<[string, (evidence: Evidence) => unknown, string]>([
    ['nothing arrived', ({ arrivals }) => arrivals.splice(0, 1), 'never_arrived'],
    ['it arrived twice, and no answer was lost', repeat, 'sent_twice'],
    [
      'nothing had been done that loses an answer',
      ({ disruptions }) => disruptions.splice(0),
      'repeat_unexplained',
    ],
    [
      'what nobody wrote down arrived',
      ({ arrivals }) =>
        arrivals.push({ channel: 'email', to: 'x', atMs: 0, messageId: '<other@x>', topic: null }),
      'ghost',
    ],
    [
      'a first channel’s message arrived, too, and nothing says that it might',
      ({ arrivals, now }) =>
        arrivals.push({
          channel: 'whatsapp',
          to: '+593990000001',
          atMs: now,
          messageId: 'x',
          topic: null,
        }),
      'two_channels_untold',
    ],
    [
      'a client was told of two events',
      ({ client: told }) =>
        told.push({ kind: 'accepted', key: 'retried', eventId: 'another', atMs: 0 }),
      'key_twice',
    ],
    ['nobody asked', ({ client: told }) => told.splice(0), 'unasked'],
  ])('%s', async (_, change, rule) => {
    const evidence = await read();
    change(evidence);
    expect(found(check(evidence))).toContain(rule);
  });
});
