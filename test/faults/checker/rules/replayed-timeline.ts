import type { Case, MessageEvidence, TimelineEvidence, Violation } from '../evidence.js';

/** Rule 1 and the timeline: told again from its entries, each row comes out as it stands. */
export function replayedTimeline(run: Case): Violation[] {
  const messages = run.messages.flatMap((message) =>
    differences(run, message).map((says) => ({ rule: 'replay', ids: [message.id], says })),
  );
  const notifications = run.notifications.flatMap(({ id, state, ladder }) => {
    const told = ladder.length === 0 ? state : tellNotification(run.storyOf.get(id) ?? []);
    return told === state ? [] : [{ rule: 'replay', ids: [id], says: `is ${state}, told ${told}` }];
  });
  return [...messages, ...notifications];
}

function differences(run: Case, message: MessageEvidence): string[] {
  const end = endOf(run.storyOf.get(message.notificationId) ?? []);
  const { states, attempts, sent } = tellMessage(message, run.entriesOf.get(message.id) ?? [], end);
  const found: string[] = [];
  if (!states.includes(message.state)) {
    found.push(`is ${message.state}, told ${states.join(' or ')}`);
  }
  if (attempts !== message.attempts) {
    found.push(`has ${message.attempts} attempts, told ${attempts}`);
  }
  if (sent !== (message.sentAt !== null)) found.push(`was ${sent ? '' : 'not '}told sent`);
  return found;
}

interface ToldMessage {
  /** More than one where a message that waits is ended without a word of its own. */
  states: string[];
  attempts: number;
  sent: boolean;
}

function tellMessage(
  message: MessageEvidence,
  entries: readonly TimelineEvidence[],
  end: TimelineEvidence | undefined,
): ToldMessage {
  let state = 'queued';
  let attempts = 0;
  let sent = false;
  for (const { kind, data } of entries) {
    if (kind === 'attempt_started') {
      state = 'sending';
      attempts += 1;
    }
    if (kind === 'attempt_ended') {
      sent ||= data.next === 'done';
      state = { done: 'sent', retry: 'queued' }[data.next ?? ''] ?? 'failed';
    }
    if (kind === 'receipt' && data.state !== undefined) state = data.state;
  }
  return { states: state === 'queued' ? waiting(message, end) : [state], attempts, sent };
}

/** A message that waited takes the end of its notification, or one of its own that has a reason. */
function waiting({ validUntil, stateReason }: MessageEvidence, end: TimelineEvidence | undefined) {
  const ended = end?.data.state;
  return [
    ended === undefined || ended === 'failed' ? 'queued' : ended,
    ...(validUntil === null ? [] : ['expired']),
    ...(stateReason === null ? [] : ['canceled']),
  ];
}

function tellNotification(story: readonly TimelineEvidence[]): string {
  const end = endOf(story);
  if (end) return end.data.state ?? 'ended';
  let state = 'in_progress';
  for (const { kind, data } of story) {
    if (kind === 'attempt_ended' && data.next === 'done' && state === 'in_progress') state = 'sent';
    if (kind === 'receipt' && (data.state === 'delivered' || data.state === 'read')) {
      state = state === 'read' ? state : data.state;
    }
  }
  return state;
}

function endOf(story: readonly TimelineEvidence[]): TimelineEvidence | undefined {
  return story.find(({ kind }) => kind === 'ended');
}
