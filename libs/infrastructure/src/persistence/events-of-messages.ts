import type { DataSource } from 'typeorm';

/** By what a message that arrived somewhere names itself. */
export interface MessageMarks {
  /** Ours, UUIDs. */
  ids: string[];
  /** WhatsApp's own. */
  providerIds: string[];
}

/** The events of messages, by our id or by WhatsApp's; those that are not known are left out. */
export async function eventsOfMessages(
  dataSource: DataSource,
  { ids, providerIds }: MessageMarks,
): Promise<Map<string, string>> {
  if (ids.length + providerIds.length === 0) return new Map();
  const rows = await dataSource.query<{ mark: string; event_id: string }[]>(known, [
    ids,
    providerIds,
  ]);
  return new Map(rows.map(({ mark, event_id }) => [mark, event_id]));
}

const known = `
  SELECT found.mark, n.event_id FROM (
    SELECT id::text AS mark, notification_id FROM message WHERE id = ANY($1::uuid[])
    UNION ALL
    SELECT provider_message_id, notification_id FROM message
    WHERE channel = 'whatsapp' AND provider_message_id = ANY($2::text[])
  ) found
  JOIN notification n ON n.id = found.notification_id
`;
