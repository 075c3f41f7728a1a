import type { Case, MessageEvidence, TimelineEvidence, Violation } from '../evidence.js';
import { groupBy } from '../evidence.js';

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
  const state = stateAfter(entries);
  return {
    states: state === 'queued' ? waiting(message, end) : [state],
    attempts: entries.filter(({ kind }) => kind === 'attempt_started').length,
    sent: entries.some(({ kind, data }) => kind === 'attempt_ended' && data.next === 'done'),
  };
}

const afterAttempt: Readonly<Record<string, string>> = { done: 'sent', retry: 'queued' };
/** What a receipt may lead to: only ever further. */
const farther = ['sent', 'bounced', 'delivered', 'read'];

function stateAfter(entries: readonly TimelineEvidence[]): string {
  let state = 'queued';
  for (const { kind, data } of entries) {
    if (kind === 'attempt_started') state = 'sending';
    if (kind === 'attempt_ended') state = afterAttempt[data.next ?? ''] ?? 'failed';
    const reached = kind === 'receipt' ? farther.indexOf(data.receipt ?? '') : -1;
    if (farther.includes(state) && reached > farther.indexOf(state))
      state = farther[reached] ?? state;
  }
  return state;
}

/** A message that waited takes the end of its notification, or one of its own that has a reason. */
function waiting({ validUntil, stateReason }: MessageEvidence, end: TimelineEvidence | undefined) {
  const ended = end?.data.state;
  return [
    ended === undefined || ended === 'failed' ? 'queued' : ended,
    ...(validUntil === null ? [] : ['expired']),
    ...(stateReason === null ? [] : ['canceled', 'failed']),
  ];
}

/** The farthest of its messages, unless it was ended. */
function tellNotification(story: readonly TimelineEvidence[]): string {
  const end = endOf(story);
  if (end) return end.data.state ?? 'ended';
  const states = [...groupBy(story, ({ messageId }) => messageId).values()].map(stateAfter);
  return ['read', 'delivered', 'sent'].find((state) => states.includes(state)) ?? 'in_progress';
}

function endOf(story: readonly TimelineEvidence[]): TimelineEvidence | undefined {
  return story.find(({ kind }) => kind === 'ended');
}
