import type {
  DeadLetterDetail,
  DeadLetterGroupView,
  DeadLetterView,
  ReplayView,
} from '#contracts/http/dead-letters.dto.js';
import type {
  DeadLetterGroup,
  DeadThing,
} from '#infrastructure/persistence/dead-letters/dead-letters.repository.js';
import type { ReplayOutcome } from '#infrastructure/persistence/dead-letters/settle-dead-letter.js';
import type { DeadLetterRow } from '#infrastructure/persistence/schema/dead-letter.schema.js';

export function letterView(row: DeadLetterRow): DeadLetterView {
  const waits = row.resolved_at === null ? row.replay_due_at : null;
  return {
    ...row,
    state: stateOf(row),
    at: row.at.toISOString(),
    replay_due_at: waits?.toISOString() ?? null,
    resolved_at: row.resolved_at?.toISOString() ?? null,
  };
}

export function detailView(row: DeadLetterRow, thing: DeadThing): DeadLetterDetail {
  return { ...letterView(row), ...thing, due_at: thing.due_at?.toISOString() ?? null };
}

function stateOf({ resolved_at, replay_due_at, replayed_as }: DeadLetterRow) {
  if (resolved_at === null) return replay_due_at === null ? 'open' : 'waiting';
  return replayed_as === null ? 'refused' : 'replayed';
}

export function groupView(group: DeadLetterGroup): DeadLetterGroupView {
  return {
    ...group,
    oldest: group.oldest.toISOString(),
    newest: group.newest.toISOString(),
  };
}

export function replayView(id: string, outcome: ReplayOutcome): ReplayView {
  return {
    id,
    outcome: outcome.kind,
    refusal: outcome.kind === 'refused' ? outcome.reason : null,
    replayed_as: outcome.kind === 'replayed' ? outcome.as : null,
  };
}
