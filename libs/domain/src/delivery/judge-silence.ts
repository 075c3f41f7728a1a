/** What is known of the acknowledgements of a WhatsApp line. */
export interface LineSigns {
  /** People written to after the last message that arrived, long enough ago for an answer. */
  unanswered: number;
  /** When anything was last said of any of its messages; null: not in the last day. */
  heardAtMs: number | null;
  /** Whether acknowledgements have ever come, in the last month at least. */
  usedToAnswer: boolean;
}

/** An acknowledgement comes within seconds, to a phone that is on. */
const answersWithinMs = 10 * 60_000;
/** So many phones are not off at the same time. */
export const enoughPeople = 5;

/**
 * Whether a line that takes messages still delivers them. A phone that was unlinked, or a session
 * that hangs, goes on answering 201 and "open"; what stays away are the acknowledgements. Of a line
 * whose acknowledgements never came (webhooks are not set up) silence says nothing.
 */
export function judgeSilence(
  { unanswered, heardAtMs, usedToAnswer }: LineSigns,
  nowMs: number,
): 'silent' | 'speaks' | 'cannot_tell' {
  if (heardAtMs !== null && nowMs - heardAtMs < answersWithinMs) return 'speaks';
  return usedToAnswer && unanswered >= enoughPeople ? 'silent' : 'cannot_tell';
}
