import { type Channel, channels } from '../catalog/channels.js';
import { addressesOn, type Recipient } from '../customers/recipient.js';
import type { Cell } from '../orchestration/setup.js';
import type { TemplateSource } from '../templates/choose-template.js';
import type { Template } from '../templates/template.js';
import type { ChannelDecision, LeftOutReason } from './channel-decision.js';

export interface ChosenTemplate {
  template: Template;
  source: TemplateSource;
}

/**
 * Decides, for one recipient, which channels will be tried and in which order, and keeps the
 * reason of every channel that will not. The planned ones come first, in the order of the tries.
 *
 * @param cells the matrix's cells of the event's phase
 * @param templateFor the template of each channel, undefined where none exists
 * @param critical passes over an opt-out, never over a withdrawn consent
 */
export function decideChannels(
  recipient: Recipient,
  cells: readonly Cell[],
  templateFor: (channel: Channel) => ChosenTemplate | undefined,
  critical: boolean,
): ChannelDecision[] {
  const planned: { channel: Channel; cell: Cell; chosen: ChosenTemplate }[] = [];
  const leftOut: ChannelDecision[] = [];
  for (const channel of channels) {
    const cell = cells.find((candidate) => candidate.channel === channel);
    const chosen = templateFor(channel);
    const reason = reasonToLeaveOut(recipient, channel, cell, chosen, critical);
    if (reason === undefined && cell && chosen) planned.push({ channel, cell, chosen });
    else leftOut.push({ channel, verdict: 'left_out', reason: reason ?? 'not_in_matrix' });
  }
  planned.sort((a, b) => compareRanks(rank(recipient, a.cell), rank(recipient, b.cell)));
  return [
    ...planned.map(({ channel, chosen }, index) => ({
      channel,
      verdict: 'planned' as const,
      position: index + 1,
      orderedBy: hasOwnOrder(recipient, channel) ? ('recipient' as const) : ('matrix' as const),
      templateId: chosen.template.id,
      templateVersionId: chosen.template.versionId,
      templateVersion: chosen.template.version,
      templateSource: chosen.source,
    })),
    ...leftOut,
  ];
}

// The first reason that holds is told, from what the workshop decided to what the person did.
function reasonToLeaveOut(
  recipient: Recipient,
  channel: Channel,
  cell: Cell | undefined,
  chosen: ChosenTemplate | undefined,
  critical: boolean,
): LeftOutReason | undefined {
  const preference = recipient.preferences[channel];
  if (!cell) return 'not_in_matrix';
  if (!cell.enabled) return 'cell_disabled';
  if (preference?.consentWithdrawn) return 'consent_withdrawn';
  if (addressesOn(recipient, channel).length === 0) return 'no_address';
  if (recipient.suppressed.includes(channel)) return 'address_suppressed';
  if (preference && !preference.enabled && !critical) return 'opted_out';
  if (!chosen) return 'no_template';
  return undefined;
}

function hasOwnOrder(recipient: Recipient, channel: Channel): boolean {
  return (recipient.preferences[channel]?.priority ?? null) !== null;
}

/**
 * Channels that the person ranked go before those it did not, by its own rank; the others follow
 * in the matrix's order, and what is still equal in the order of the channel list.
 */
function rank(recipient: Recipient, cell: Cell): [number, number, number] {
  const own = recipient.preferences[cell.channel]?.priority ?? Number.MAX_SAFE_INTEGER;
  return [own, cell.priority, channels.indexOf(cell.channel)];
}

function compareRanks(a: readonly number[], b: readonly number[]): number {
  for (const [index, value] of a.entries()) {
    const difference = value - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
