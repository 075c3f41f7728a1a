import { errors, type FieldErrors } from '../errors.js';
import { leftOutReasons } from './channel-decision.js';
import type { PlannedNotification, Refusal } from './plan.js';

/**
 * Refuses an event that would reach nobody, with each channel's reason. Members of staff have
 * their inbox in the console, which needs no channel, so an event for them always arrives.
 */
export function refuseForRecipients(
  notifications: readonly PlannedNotification[],
): Refusal | undefined {
  const reached = notifications.some(
    ({ ladder, recipient }) => ladder.length > 0 || recipient.kind === 'staff',
  );
  if (reached) return undefined;
  const fields: FieldErrors = {};
  for (const { decision } of notifications) {
    for (const entry of decision) {
      if (entry.verdict !== 'left_out') continue;
      fields[`channels.${entry.channel}`] = [leftOutReasons[entry.reason].en];
    }
  }
  return {
    kind: 'refused',
    code: 'no_reachable_channel',
    detail: errors.no_reachable_channel.en,
    fields,
    decisions: notifications.map(({ recipient, decision }) => ({
      recipientId: recipient.id,
      decision,
    })),
  };
}
