import type { EntityManager } from 'typeorm';

/**
 * Whether a message of a notification may have reached its provider although nobody heard so, and
 * nothing has told since: what another channel brings then may be the second.
 */
export async function mayHaveLeft(
  manager: EntityManager,
  notificationId: string,
): Promise<boolean> {
  const [row] = await manager.query<{ may: boolean }[]>(anyInDoubt, [notificationId]);
  return row?.may ?? false;
}

/** WhatsApp is asked for the message first: an attempt after the lost answer has settled it. */
const anyInDoubt = `
  SELECT EXISTS (
    SELECT FROM timeline lost JOIN message m ON m.id = lost.message_id
    WHERE lost.notification_id = $1 AND lost.kind = 'attempt_ended'
      AND lost.data->>'outcome' = 'unknown'
      AND m.state NOT IN ('sent', 'bounced', 'delivered', 'read')
      AND NOT (m.channel = 'whatsapp' AND EXISTS (
        SELECT FROM timeline later
        WHERE later.notification_id = $1 AND later.message_id = m.id AND later.id > lost.id
          AND later.kind = 'attempt_ended' AND later.data->>'outcome' <> 'unknown'))
  ) AS may
`;
