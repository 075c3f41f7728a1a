import type { Phase } from '#domain/catalog/catalog.js';
import { type CellEdit, editsBetween, settings } from '#domain/orchestration/edit-matrix.js';
import { type Cell, defaultCellOptions } from '#domain/orchestration/setup.js';
import type { Change } from './change.js';
import {
  type OrchestrationConfigRow,
  orchestrationResource,
} from './schema/orchestration-config.schema.js';

/**
 * Makes a configuration's matrix another. The configuration must be locked, and `before` read
 * after that. Each cell that becomes different is told to the audit trail of the configuration,
 * whose `updated_at` moves with it; a matrix that stays as it is touches nothing.
 *
 * @param phases for the trail, which names a cell by the slug of its phase
 */
export async function writeCells(
  change: Change,
  config: OrchestrationConfigRow,
  { before, after }: { before: readonly Cell[]; after: readonly Cell[] },
  phases: readonly Phase[],
): Promise<void> {
  const edits = editsBetween(before, after);
  if (edits.length === 0) return;
  const gone = edits.flatMap((edit) => (edit.after === null ? [edit.before] : []));
  const written = edits.flatMap((edit) => edit.after ?? []);
  await change.manager.query(
    `DELETE FROM matrix_cell WHERE config_id = $1
       AND (phase_id, channel) IN (SELECT * FROM unnest($2::uuid[], $3::text[]))`,
    [config.id, gone.map(({ phaseId }) => phaseId), gone.map(({ channel }) => channel)],
  );
  await change.manager.query(
    `INSERT INTO matrix_cell (config_id, phase_id, channel, enabled, priority,
       advance_after_minutes, advance_until, quiet_hours, when_held_too_long)
     SELECT $1, cell.* FROM unnest($2::uuid[], $3::text[], $4::boolean[], $5::smallint[],
       $6::smallint[], $7::text[], $8::text[], $9::text[]) AS cell
     ON CONFLICT (config_id, phase_id, channel) DO UPDATE SET enabled = excluded.enabled,
       priority = excluded.priority, advance_after_minutes = excluded.advance_after_minutes,
       advance_until = excluded.advance_until, quiet_hours = excluded.quiet_hours,
       when_held_too_long = excluded.when_held_too_long`,
    [
      config.id,
      written.map(({ phaseId }) => phaseId),
      written.map(({ channel }) => channel),
      written.map(({ enabled }) => enabled),
      written.map(({ priority }) => priority),
      written.map(({ advanceAfterMinutes }) => advanceAfterMinutes),
      written.map(({ advanceUntil }) => advanceUntil),
      written.map(({ quietHours }) => quietHours),
      written.map(({ whenHeldTooLong }) => whenHeldTooLong),
    ],
  );
  await change.manager.query(
    'UPDATE orchestration_config SET updated_at = clock_timestamp() WHERE id = $1',
    [config.id],
  );
  for (const edit of edits) await noteEdit(change, config, edit, phases);
}

/** A cell that is not there has the defaults: only what differs from them is news of it. */
function settingOf(cell: Cell | null, member: (typeof settings)[number]): unknown {
  const absent: Partial<Cell> = defaultCellOptions;
  return (cell ?? absent)[member] ?? null;
}

/** The members by the names that callers know. */
const columns: Readonly<Record<(typeof settings)[number], string>> = {
  enabled: 'enabled',
  priority: 'priority',
  advanceAfterMinutes: 'advance_after_minutes',
  advanceUntil: 'advance_until',
  quietHours: 'quiet_hours',
  whenHeldTooLong: 'when_held_too_long',
};

function noteEdit(
  change: Change,
  { id, taller_id }: OrchestrationConfigRow,
  { before, after }: CellEdit,
  phases: readonly Phase[],
): Promise<void> {
  const { phaseId, channel } = after ?? before;
  const phase = phases.find((candidate) => candidate.id === phaseId)?.slug ?? phaseId;
  const changes: Record<string, [unknown, unknown]> = {};
  for (const member of settings) {
    const [from, to] = [settingOf(before, member), settingOf(after, member)];
    if (from !== to) changes[`matrix.${phase}.${channel}.${columns[member]}`] = [from, to];
  }
  return change.note({
    action: before === null ? 'cell_created' : after === null ? 'cell_deleted' : 'cell_changed',
    resource: orchestrationResource,
    resourceId: id,
    tallerId: taller_id,
    changes,
  });
}
