import type { Phase } from '../catalog/catalog.js';
import { type Channel, channels, type Target } from '../catalog/channels.js';
import { type Cell, defaultCellOptions } from './setup.js';

/**
 * What a channel is set to where nobody has decided yet. Customers read WhatsApp first; an e-mail
 * is the last way left. Staff have push and e-mail, and no WhatsApp until a workshop wants it: it
 * would share the customers' number and pace.
 */
export const channelDefaults: Readonly<
  Record<Target, Readonly<Record<Channel, { enabled: boolean; priority: number }>>>
> = {
  clients: {
    whatsapp: { enabled: true, priority: 1 },
    push: { enabled: true, priority: 2 },
    email: { enabled: true, priority: 3 },
  },
  staff: {
    push: { enabled: true, priority: 1 },
    email: { enabled: true, priority: 2 },
    whatsapp: { enabled: false, priority: 3 },
  },
};

/** A cell with the defaults for every phase and channel that has none yet. */
export function defaultCells(
  target: Target,
  phases: readonly Phase[],
  existing: readonly Cell[],
): Cell[] {
  return phases.flatMap(({ id: phaseId }) =>
    channels
      .filter((channel) => !existing.some((cell) => isAt(cell, phaseId, channel)))
      .map((channel) => ({
        phaseId,
        channel,
        ...channelDefaults[target][channel],
        ...defaultCellOptions,
      })),
  );
}

function isAt(cell: Cell, phaseId: string, channel: Channel): boolean {
  return cell.phaseId === phaseId && cell.channel === channel;
}
