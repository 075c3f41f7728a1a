import type { MatrixCell, OrchestrationView } from '#contracts/http/orchestration.dto.js';
import type { Phase } from '#domain/catalog/catalog.js';
import { readMatrix } from '#domain/orchestration/edit-matrix.js';
import type { Cell } from '#domain/orchestration/setup.js';
import type { ConfigWithCells } from '#infrastructure/persistence/orchestration.repository.js';
import { Problem } from '../http/problem.js';

export function viewOf(config: ConfigWithCells): OrchestrationView {
  return {
    id: config.id,
    service_type_id: config.service_type_id,
    target: config.target,
    taller_id: config.taller_id,
    is_active: config.is_active,
    matrix: config.cells.map(({ phaseId, ...cell }) => ({ phase_id: phaseId, ...cell })),
    created_at: config.created_at.toISOString(),
    updated_at: config.updated_at.toISOString(),
  };
}

/** The cells that a body asks for; a 400 names each entry at fault (`matrix.3.phase_id`). */
export function cellsOf(matrix: readonly MatrixCell[], phases: readonly Phase[]): Cell[] {
  const read = readMatrix(
    matrix.map(({ phase_id, ...cell }) => ({ phase: phase_id, ...cell })),
    phases,
  );
  if ('cells' in read) return read.cells;
  const named = Object.entries(read.faults).map(([place, why]) => [`matrix.${place}`, why]);
  throw new Problem('validation_failed', { errors: Object.fromEntries(named) });
}
