import { assignArrivals } from '../assign-arrivals.js';
import type { Case, MessageEvidence, TimelineEvidence, Violation } from '../evidence.js';
import { unknownEnds } from '../evidence.js';

/** How far from a disruption an attempt may lie that it broke off: it was under way then. */
const graceMs = 1000;

/**
 * Rules 1 and 3: what is told as sent arrived; what arrived is told, and once, unless an answer was
 * lost, which the timeline says, and something was done then that can lose one.
 */
export function arrivedAsTold(run: Case): Violation[] {
  const { arrivalsOf, ghosts } = assignArrivals(run);
  const found: Violation[] = ghosts.map(({ channel, to, messageId }) => ({
    rule: 'ghost',
    ids: [messageId ?? to],
    says: `arrived by ${channel}, and no message says so`,
  }));
  for (const message of run.messages) {
    const entries = run.entriesOf.get(message.id) ?? [];
    const times = arrivalsOf.get(message.id)?.length ?? 0;
    const unknown = unknownEnds(entries);
    const told = message.sentAt !== null;
    if (told && times === 0) found.push(say('never_arrived', message, 'is told as sent'));
    if (!told && times > 0 && unknown.length === 0 && message.state !== 'sending') {
      found.push(say('arrived_untold', message, `arrived, and is told as ${message.state}`));
    }
    if (times > 1 && times - 1 > unknown.length) {
      const says = `arrived ${times} times, and ${unknown.length} answers are told as lost`;
      found.push(say('sent_twice', message, says));
    }
    if (times > 1) found.push(...unexplained(run, message, entries, unknown));
  }
  return [...found, ...onTwoChannels(run, arrivalsOf)];
}

/** Reasons for which a next rung follows one that is known to have been sent. */
const openly = ['not_delivered_in_time', 'not_read_in_time', 'bounced'];

/** What arrived on two rungs of a ladder says on its timeline that it might. */
function onTwoChannels(
  run: Case,
  arrivalsOf: ReadonlyMap<string, readonly unknown[]>,
): Violation[] {
  return run.notifications.flatMap(({ id }) => {
    const arrived = (run.messagesOf.get(id) ?? []).filter((message) => arrivalsOf.has(message.id));
    const rungs = new Set(arrived.map(({ rung }) => rung));
    const isTold = (run.storyOf.get(id) ?? []).some(
      ({ kind, data }) =>
        kind === 'next_rung' &&
        (data.sent_twice_possible === true || openly.includes(data.because ?? '')),
    );
    if (rungs.size < 2 || isTold) return [];
    const says = `arrived on ${rungs.size} channels, and its timeline does not say that it might`;
    return [{ rule: 'two_channels_untold', ids: [id], says }];
  });
}

/** Repeats, explained or not: how many arrivals more than messages there were, by channel. */
export function repeats(run: Case): Record<string, number> {
  const { arrivalsOf } = assignArrivals(run);
  const counts: Record<string, number> = { email: 0, whatsapp: 0, push: 0 };
  for (const { id, channel } of run.messages) {
    counts[channel] = (counts[channel] ?? 0) + Math.max(0, (arrivalsOf.get(id)?.length ?? 0) - 1);
  }
  return counts;
}

/** A repeat whose lost answer nothing that was done can account for. */
function unexplained(
  { disruptions }: Case,
  message: MessageEvidence,
  entries: readonly TimelineEvidence[],
  unknown: readonly TimelineEvidence[],
): Violation[] {
  const explained = unknown.some((end) => {
    const start = entries.find(
      ({ kind, attempt }) => kind === 'attempt_started' && attempt === end.attempt,
    );
    const fromMs = (start?.at ?? end.at) - graceMs;
    return disruptions.some((one) => one.fromMs <= end.at + graceMs && one.toMs >= fromMs);
  });
  if (explained) return [];
  return [say('repeat_unexplained', message, 'arrived again, and nothing had been done then')];
}

function say(rule: string, { id }: MessageEvidence, says: string): Violation {
  return { rule, ids: [id], says };
}
