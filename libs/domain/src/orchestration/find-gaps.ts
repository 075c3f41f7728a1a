import type { Channel, Target } from '../catalog/channels.js';
import type { Setup } from './setup.js';

/** A cell that is switched on, and has nothing to say. */
export interface Gap {
  serviceTypeId: string;
  phaseId: string;
  channel: Channel;
  target: Target;
  /** Null: of the configuration of every workshop without one of its own. */
  tallerId: string | null;
}

/**
 * The cells that are switched on and have no template which serves every subtype and every event:
 * there a channel is left out without anybody meaning it. A workshop's cell is served by the
 * global templates, too.
 */
export function findGaps({ configs, templates }: Setup): Gap[] {
  const served = new Set(
    templates
      .filter(({ subtypeId, eventType }) => subtypeId === null && eventType === null)
      .map((template) => keyOf(template)),
  );
  return configs.flatMap(({ serviceTypeId, target, tallerId, cells }) =>
    cells
      .filter(({ enabled }) => enabled)
      .map(({ phaseId, channel }) => ({ serviceTypeId, phaseId, channel, target, tallerId }))
      .filter(
        (cell) => !served.has(keyOf(cell)) && !served.has(keyOf({ ...cell, tallerId: null })),
      ),
  );
}

function keyOf({ serviceTypeId, phaseId, channel, target, tallerId }: Gap): string {
  return [serviceTypeId, phaseId, channel, target, tallerId ?? ''].join(' ');
}
