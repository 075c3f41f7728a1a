import type { PhaseView } from '#contracts/client/types.gen.js';
import { workshopTexts } from '../parts/workshop.texts.js';
import { useTexts } from '../text/language.js';
import { matrixTexts } from './matrix.texts.js';
import { type CellChange, type Channel, differingMembers } from './matrix-cells.js';

/** `Correo, Recepción: encendido → apagado; orden: 1 → 2`, in the reader's language. */
export function useTellChange(phases: readonly PhaseView[]): (change: CellChange) => string {
  const tellMember = useTellMember();
  const tellPlace = useTellPlace(phases);
  return ({ from, to }) => {
    const cell = to ?? from;
    if (!cell) return '';
    const members = differingMembers(from, to).filter(
      // Of a cell that is new or gone, that is enough.
      (member) => (from && to) || member === 'enabled' || member === 'priority',
    );
    const parts = members.map((member) => tellMember(member, from?.[member], to?.[member]));
    return `${tellPlace(cell.phase_id, cell.channel)}: ${parts.join('; ')}`;
  };
}

/** A cell by its phase's UUID or slug. */
export function useTellPlace(phases: readonly PhaseView[]) {
  const names: Record<string, string> = useTexts(workshopTexts).channels;
  return (phase: string, channel: Channel | string): string => {
    const found = phases.find(({ id, slug }) => id === phase || slug === phase);
    return `${names[channel] ?? channel}, ${found?.name ?? phase}`;
  };
}

/** One member of a cell, or of a configuration, and what it was and became. */
export function useTellMember() {
  const words = useTexts(matrixTexts);
  const members: Record<string, string> = words.members;
  const values: Record<string, Record<string, string>> = {
    advance_until: words.goals,
    quiet_hours: words.quiet,
    when_held_too_long: words.held,
  };
  const tellValue = (member: string, value: unknown): string => {
    if (value === undefined || value === null) return words.nothing;
    if (typeof value === 'boolean') return value ? words.on : words.off;
    return values[member]?.[String(value)] ?? String(value);
  };
  return (member: string, from: unknown, to: unknown): string =>
    `${members[member] ?? member}: ${tellValue(member, from)} → ${tellValue(member, to)}`;
}
