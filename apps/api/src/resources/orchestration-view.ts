import type { MatrixCell, OrchestrationView } from '#contracts/http/orchestration.dto.js';
import type { Phase } from '#domain/catalog/catalog.js';
import { type AskedCell, readMatrix } from '#domain/orchestration/edit-matrix.js';
import type { ConfigWithCells } from '#infrastructure/persistence/orchestration.repository.js';
import { Problem } from '../http/problem.js';

export function viewOf(config: ConfigWithCells): OrchestrationView {
  return {
    id: config.id,
    service_type_id: config.service_type_id,
    target: config.target,
    taller_id: config.taller_id,
    is_active: config.is_active,
    matrix: config.cells.map((cell) => ({
      phase_id: cell.phaseId,
      channel: cell.channel,
      enabled: cell.enabled,
      priority: cell.priority,
      advance_after_minutes: cell.advanceAfterMinutes,
      advance_until: cell.advanceUntil,
      quiet_hours: cell.quietHours,
      when_held_too_long: cell.whenHeldTooLong,
    })),
    created_at: config.created_at.toISOString(),
    updated_at: config.updated_at.toISOString(),
  };
}

/** The cells that a body asks for; a 400 names each entry at fault (`matrix.3.phase_id`). */
export function cellsOf(matrix: readonly MatrixCell[], phases: readonly Phase[]): AskedCell[] {
  const read = readMatrix(
    matrix.map((cell) => ({
      phase: cell.phase_id,
      channel: cell.channel,
      enabled: cell.enabled,
      priority: cell.priority,
      advanceAfterMinutes: cell.advance_after_minutes,
      advanceUntil: cell.advance_until,
      quietHours: cell.quiet_hours,
      whenHeldTooLong: cell.when_held_too_long,
    })),
    phases,
  );
  if ('cells' in read) return read.cells;
  const named = Object.entries(read.faults).map(([place, why]) => [`matrix.${place}`, why]);
  throw new Problem('validation_failed', { errors: Object.fromEntries(named) });
}
