import type { Case, MessageEvidence, TimelineEvidence, Violation } from '../evidence.js';
import { unknownEnds } from '../evidence.js';

/** The first attempt and three retries, as every run is configured. */
const plannedAttempts = 4;

/** Rules 4 and 5: attempts are numbered without gap, one at a time, and none begins too late. */
export function attemptsInOrder(run: Case): Violation[] {
  return run.messages.flatMap((message) => {
    const entries = run.entriesOf.get(message.id) ?? [];
    return [
      ...numbering(message, entries),
      ...tooMany(message, entries),
      ...tooLate(message, entries, run.storyOf.get(message.notificationId) ?? []),
    ];
  });
}

/** Started 1, ended 1, started 2, ended 2 …; only one under way may be without its end. */
function numbering(message: MessageEvidence, entries: readonly TimelineEvidence[]): Violation[] {
  const marks = entries.filter(({ kind }) => kind.startsWith('attempt_'));
  const expected = marks.map((_, place) =>
    place % 2 === 0 ? `attempt_started ${place / 2 + 1}` : `attempt_ended ${(place + 1) / 2}`,
  );
  const told = marks.map(({ kind, attempt }) => `${kind} ${attempt}`);
  const wrong = told.findIndex((mark, place) => mark !== expected[place]);
  if (wrong >= 0) {
    const says = `${told[wrong]} stands where ${expected[wrong]} should`;
    return [{ rule: 'attempts_order', ids: [message.id], says }];
  }
  const underWay = marks.length % 2 === 1;
  if (underWay === (message.state === 'sending')) return [];
  const says = `is ${message.state}, and its attempt ${underWay ? 'has not' : 'has'} ended`;
  return [{ rule: 'attempts_order', ids: [message.id], says }];
}

/** Beyond the retries only an answer that was lost may ask for one more. */
function tooMany({ id, attempts }: MessageEvidence, entries: readonly TimelineEvidence[]) {
  const allowed = plannedAttempts + unknownEnds(entries).length;
  return attempts > allowed
    ? [{ rule: 'attempts_many', ids: [id], says: `${attempts} attempts, ${allowed} may be` }]
    : [];
}

const stops: readonly (string | undefined)[] = ['canceled', 'superseded', 'expired'];

/**
 * An entry is written before its transaction commits, and until then a worker may still claim the
 * message: it is under way then, and is not called back. For so long, and once.
 */
const untilCommitMs = 5000;

function tooLate(
  { id, validUntil, channel }: MessageEvidence,
  entries: readonly TimelineEvidence[],
  story: readonly TimelineEvidence[],
): Violation[] {
  const startsAfter = (limit: number) =>
    entries.filter(({ kind, at }) => kind === 'attempt_started' && at > limit);
  const stopped = story.find(({ kind, data }) => kind === 'ended' && stops.includes(data.state));
  const withdrawn = story.find(
    ({ data }) =>
      data.because === 'consent_withdrawn' && (data.from === undefined || data.from === channel),
  );
  const found: Violation[] = [];
  if (startsAfter(validUntil ?? Infinity).length > 0) {
    found.push({ rule: 'too_late', ids: [id], says: 'an attempt began after valid_until' });
  }
  for (const [entry, what] of [
    [stopped, `it was ${stopped?.data.state}`],
    [withdrawn, 'the consent was withdrawn'],
  ] as const) {
    const late = entry ? startsAfter(entry.at) : [];
    if (late.length > 1 || late.some(({ at }) => at > (entry?.at ?? at) + untilCommitMs)) {
      found.push({ rule: 'too_late', ids: [id], says: `an attempt began after ${what}` });
    }
  }
  return found;
}
