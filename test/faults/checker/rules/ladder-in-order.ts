import type { Case, MessageEvidence, NotificationEvidence, Violation } from '../evidence.js';

/** Why a rung may start although an earlier one was sent. */
const despiteSent = ['not_delivered_in_time', 'not_read_in_time', 'bounced'];

/** Rule 4: rungs come in the ladder's order, each told once, and none after an earlier success. */
export function ladderInOrder(run: Case): Violation[] {
  return run.notifications.flatMap((notification) => {
    const messages = run.messagesOf.get(notification.id) ?? [];
    return [...places(notification, messages), ...starts(run, notification, messages)];
  });
}

function places({ id, ladder }: NotificationEvidence, messages: readonly MessageEvidence[]) {
  const found: Violation[] = [];
  for (const { id: messageId, rung, channel } of messages) {
    const planned = ladder[rung]?.channel;
    if (planned === channel) continue;
    const says = `is ${channel} on rung ${rung}, where the ladder has ${planned ?? 'nothing'}`;
    found.push({ rule: 'ladder_order', ids: [id, messageId], says });
  }
  return found;
}

function starts(
  { storyOf, entriesOf }: Case,
  { id }: NotificationEvidence,
  messages: readonly MessageEvidence[],
): Violation[] {
  const told = (storyOf.get(id) ?? []).filter(({ kind }) => kind === 'next_rung');
  // Quiet hours may pass over a rung, which then has no messages.
  const rungs = [...new Set(messages.map(({ rung }) => rung))].sort((a, b) => a - b);
  const found: Violation[] = [];
  if (messages.length > 0 && told.length !== rungs.length - 1) {
    const says = `has ${rungs.length} rungs with messages, and its timeline tells ${told.length} steps`;
    found.push({ rule: 'ladder_steps', ids: [id], says });
  }
  for (const later of messages) {
    const because = told[rungs.indexOf(later.rung) - 1]?.data.because;
    if (because === undefined || despiteSent.includes(because)) continue;
    const success = messages.find(
      ({ id: earlier, rung }) =>
        rung < later.rung &&
        (entriesOf.get(earlier) ?? []).some(
          ({ kind, data, at }) =>
            kind === 'attempt_ended' && data.outcome === 'accepted' && at < later.createdAt,
        ),
    );
    if (!success) continue;
    const says = `rung ${later.rung} began after rung ${success.rung} had succeeded`;
    found.push({ rule: 'rung_after_success', ids: [id, later.id], says });
  }
  return found;
}
