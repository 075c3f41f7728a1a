import { describe, expect, test } from '@jest/globals';
import type {
  EventRow,
  NotificationRow,
  TimelineRow,
} from '#infrastructure/persistence/events.repository.js';
import { timelineOf } from './timeline.js';

const at = '2026-11-22T08:00:00.000Z';
/** Rows as the database gives them: what a newer program wrote is held to no type of this one. */
function rowsOf<Row>(rows: unknown): Row {
  const read: Row = JSON.parse(JSON.stringify(rows), (key, value) =>
    key === 'at' || key === 'created_at' ? new Date(value) : value,
  );
  return read;
}
const event = rowsOf<EventRow>({ event_type: 'appointment_scheduled', created_at: at });
const told = (decision: unknown[], rows: unknown[]) => {
  const notification = rowsOf<NotificationRow>({ id: 'n', created_at: at, decision });
  return timelineOf(event, notification, new Map(), rowsOf<TimelineRow[]>(rows));
};

describe('what a newer program wrote', () => {
  test('is left out where its kind is not known, and the rest is told', () => {
    const entries = told(
      [],
      [
        { at, kind: 'teleported', data: { to: 'moon' } },
        { at, kind: 'ended', data: { state: 'sent' } },
      ],
    );
    expect(entries.map(({ kind }) => kind)).toEqual(['received', 'ended']);
  });

  test.each([
    [{ at, kind: 'ended', data: { state: 'archived', reason: 'too_old' } }, 'archived'],
    [{ at, kind: 'attempt_ended', attempt: 1, data: { outcome: 'deferred' } }, 'deferred'],
    [{ at, kind: 'held', data: { because: 'full_moon' } }, 'full_moon'],
    [{ at, kind: 'receipt', data: { receipt: 'answered' } }, 'answered'],
    [{ at, kind: 'next_rung', data: { to: 'sms', because: 'cheaper' } }, 'cheaper'],
  ])('stands as it is where its word is not known: %j', (row, word) => {
    expect(told([], [row]).at(-1)?.text_en).toContain(word);
  });

  test('of channels and reasons that are not known is told by their names', () => {
    const decisions = [
      { channel: 'sms', verdict: 'left_out', reason: 'too_dear' },
      { channel: 'sms', verdict: 'on_ladder', position: 1, orderedBy: 'price' },
    ];
    const [, left, planned] = told(decisions, []);
    expect(left?.text_en).toBe('sms is left out: too_dear');
    expect(planned?.text_en).toBe('sms will be tried in place 1, by price.');
  });
});
