import type { Case, MessageEvidence, Violation } from '../evidence.js';

/** A lease that ran out is taken over by the next sweep. */
const leaseGraceMs = 15_000;
/** What is due is swept after ten seconds at the latest. */
const dueGraceMs = 60_000;
/** A run that its scheduler left may be taken again after ten minutes. */
const runGraceMs = 11 * 60_000;

/** Rule 2 and the books: no dead claim, nothing left behind, every message counted once. */
export function nothingHeld(run: Case): Violation[] {
  const found = run.messages.flatMap((message) => {
    const says = left(run, message);
    return says ? [{ ...says, ids: [message.id] }] : [];
  });
  for (const { name, startedAt } of run.openRuns) {
    if (startedAt > run.now - runGraceMs) continue;
    found.push({ rule: 'run_held', ids: [name], says: 'a run was begun and never ended' });
  }
  for (const { channel, state, logged, counted } of run.miscounted) {
    const says = `${logged} messages are ${state}, and ${counted} are counted`;
    found.push({ rule: 'miscounted', ids: [channel], says });
  }
  return found;
}

function left(
  { now, notificationOf }: Case,
  { notificationId, state, leaseUntil, dueAt }: MessageEvidence,
): Omit<Violation, 'ids'> | null {
  const notification = notificationOf.get(notificationId);
  if (!notification) return { rule: 'orphan', says: 'is of no notification' };
  if (state === 'sending' && (leaseUntil ?? 0) < now - leaseGraceMs) {
    return { rule: 'lease_held', says: 'its lease ran out, and nobody took it' };
  }
  if (state !== 'queued' || dueAt > now - dueGraceMs) return null;
  return notification.state === 'in_progress'
    ? { rule: 'left_queued', says: 'is due for a minute and more' }
    : { rule: 'left_queued', says: 'waits, and its notification has ended' };
}
