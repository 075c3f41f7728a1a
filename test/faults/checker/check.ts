import { arrange, type Case, type Evidence, type Violation } from './evidence.js';
import { acceptedEnds } from './rules/accepted-ends.js';
import { arrivedAsTold } from './rules/arrived-as-told.js';
import { attemptsInOrder } from './rules/attempts-in-order.js';
import { endedOnce } from './rules/ended-once.js';
import { ladderInOrder } from './rules/ladder-in-order.js';
import { nothingHeld } from './rules/nothing-held.js';
import { nothingUnasked } from './rules/nothing-unasked.js';
import { replayedTimeline } from './rules/replayed-timeline.js';

const rules: readonly ((run: Case) => Violation[])[] = [
  acceptedEnds,
  endedOnce,
  arrivedAsTold,
  nothingUnasked,
  attemptsInOrder,
  ladderInOrder,
  nothingHeld,
  replayedTimeline,
];

/** Every promise of delivery that a run has broken; empty when none was. */
export function check(evidence: Evidence): Violation[] {
  const run = arrange(evidence);
  return rules.flatMap((rule) => rule(run));
}
