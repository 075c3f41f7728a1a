import type { OrchestrationView } from '#contracts/http/orchestration.dto.js';
import type { Phase } from '#domain/catalog/catalog.js';
import type { Cell } from '#domain/orchestration/setup.js';
import type { Change } from '#infrastructure/persistence/change.js';
import {
  type OrchestrationRepository,
  readCells,
} from '#infrastructure/persistence/orchestration.repository.js';
import {
  type OrchestrationConfigRow,
  orchestrationConfigTable,
} from '#infrastructure/persistence/schema/orchestration-config.schema.js';
import { writeCells } from '#infrastructure/persistence/write-cells.js';
import { requireEveryTaller, requireTaller } from '../access/access.js';
import { found, requireMatch, type Writer } from '../http/writer.js';
import type { Writes } from '../http/writes.js';
import { viewOf } from './orchestration-view.js';

/** What an edit makes of a configuration; it may alter the row in place. */
export type Edit = (row: OrchestrationConfigRow, cells: readonly Cell[]) => readonly Cell[];

/** Changes a configuration and its matrix together, one change after the other. */
export class OrchestrationEdits {
  constructor(
    private readonly configs: OrchestrationRepository,
    private readonly writes: Writes,
  ) {}

  create(
    writer: Writer,
    row: Partial<OrchestrationConfigRow>,
    cells: readonly Cell[],
    phases: readonly Phase[],
  ): Promise<OrchestrationView> {
    return this.writes.run(writer, async (change) => {
      const made = await change.insert(orchestrationConfigTable, row);
      await writeCells(change, made, { before: [], after: cells }, phases);
      return this.answer(change, made.id);
    });
  }

  alter(
    writer: Writer,
    id: string,
    phases: readonly Phase[],
    edit: Edit,
  ): Promise<OrchestrationView> {
    return this.writes.run(writer, async (change) => {
      await editLocked(change, writer, id, phases, edit);
      return this.answer(change, id);
    });
  }

  async remove(writer: Writer, id: string, phases: readonly Phase[]): Promise<void> {
    await this.writes.run(writer, async (change) => {
      await editLocked(change, writer, id, phases, () => []);
      await change.remove(orchestrationConfigTable, { id });
    });
  }

  private async answer({ manager }: Change, id: string): Promise<OrchestrationView> {
    return viewOf(found(await this.configs.find(null, id, manager), what));
  }
}

const what = 'orchestration configuration';

/** Locks the configuration first, so that of two edits the second finds what the first left. */
async function editLocked(
  change: Change,
  writer: Writer,
  id: string,
  phases: readonly Phase[],
  edit: Edit,
): Promise<void> {
  let before: readonly Cell[] = [];
  let after: readonly Cell[] = [];
  const row = await change.update(orchestrationConfigTable, { id }, async (current) => {
    requireOwn(writer, current);
    const cells = (await readCells(change.manager, [id])).get(id) ?? [];
    requireMatch(writer, viewOf({ ...current, cells }));
    before = cells;
    after = edit(current, cells);
  });
  await writeCells(change, found(row, what), { before, after }, phases);
}

function requireOwn({ caller }: Writer, { taller_id }: OrchestrationConfigRow): void {
  if (taller_id === null) requireEveryTaller(caller);
  else requireTaller(caller, taller_id, what);
}
