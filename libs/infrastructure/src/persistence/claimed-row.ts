import type { Channel } from '#domain/catalog/channels.js';
import type { Address } from '#domain/customers/recipient.js';
import type { ClaimedMessage } from '#domain/ports/delivery-ledger.js';
import type { Variables } from '#domain/templates/variables.js';

/** A claimed message as the claims give it back. */
export interface ClaimedRow {
  id: string;
  notification_id: string;
  taller_id: string | null;
  channel: Channel;
  rung: number;
  rungs: number;
  address: Address;
  recipient_name: string;
  variables: Variables;
  template_version_id: string;
  priority: 'normal' | 'high';
  attempts: number;
  fence: number;
  valid_for_ms: number | null;
  look_up_since: Date | null;
  uncounted: number;
  losses: number;
}

export function toClaimed(
  row: ClaimedRow,
  how: Partial<Pick<ClaimedMessage, 'probe' | 'instead'>> = {},
): ClaimedMessage {
  return {
    id: row.id,
    notificationId: row.notification_id,
    tallerId: row.taller_id,
    channel: row.channel,
    rung: row.rung,
    hasNextRung: row.rung + 1 < row.rungs,
    address: row.address,
    recipientName: row.recipient_name,
    variables: row.variables,
    templateVersionId: row.template_version_id,
    priority: row.priority,
    attempt: row.attempts,
    fence: row.fence,
    validForMs: row.valid_for_ms,
    lookUpSince: row.look_up_since,
    uncounted: row.uncounted,
    losses: row.losses,
    probe: false,
    instead: null,
    ...how,
  };
}
