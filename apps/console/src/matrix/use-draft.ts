import { useMemo, useState } from 'react';
import type { OrchestrationView } from '#contracts/client/types.gen.js';
import { randomId } from '../service/random-id.js';
import type { Tagged } from '../service/tagged.js';
import {
  type Cell,
  type Cells,
  cellsOf,
  changesBetween,
  type Place,
  rebase,
  withCell,
} from './matrix-cells.js';

/**
 * What somebody makes of a matrix before it is saved. It stays drafted for the state that it was
 * begun on, however often a newer one comes, until he has seen that.
 *
 * @param newest the configuration as it was read last
 */
export function useDraft(newest: Tagged<OrchestrationView>) {
  const [state, setState] = useState(() => startingFrom(newest));
  const changes = useMemo(() => changesBetween(state.base, state.cells), [state]);
  const isBehind = state.etag !== newest.etag;
  // Nothing is lost where nothing was drafted.
  if (isBehind && changes.length === 0) setState(startingFrom(newest));
  const theirs = cellsOf(newest.data.matrix);
  return {
    cells: state.cells,
    changes,
    /** The tag of the state that the draft was made for. */
    etag: state.etag,
    /** Of this draft alone, so that a repeated save is one. */
    idempotencyKey: state.idempotencyKey,
    /** What somebody else saved since; null: nothing. */
    meanwhile:
      isBehind && changes.length > 0
        ? {
            changes: changesBetween(state.base, theirs),
            clashes: rebase(state.base, state.cells, theirs).clashes,
          }
        : null,
    set: (place: Place, cell: Cell | null) =>
      setState((now) => altered(now, withCell(now.cells, place, cell))),
    /** Back to what was read. */
    undoAll: () => setState((now) => altered(now, now.base)),
    /** The drafted cells on what somebody else saved. */
    rebase: () =>
      setState((now) => altered(startingFrom(newest), rebase(now.base, now.cells, theirs).cells)),
    /** What is saved now, with nothing drafted. */
    startFrom: (saved: Tagged<OrchestrationView>) => setState(startingFrom(saved)),
  };
}

export type Draft = ReturnType<typeof useDraft>;

interface DraftState {
  etag: string;
  base: Cells;
  cells: Cells;
  idempotencyKey: string;
}

function startingFrom({ data, etag }: Tagged<OrchestrationView>): DraftState {
  const cells = cellsOf(data.matrix);
  return { etag, base: cells, cells, idempotencyKey: randomId() };
}

function altered(state: DraftState, cells: Cells): DraftState {
  return { ...state, cells, idempotencyKey: randomId() };
}
