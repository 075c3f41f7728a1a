import type { DispatchReceipt } from '#contracts/http/dispatch.dto.js';
import { bodyOf, dispatchPath, exampleEvent, post, type TestApi } from './start-test-api.js';

/** Tells a customer something, lets it fail for good, and gives back the dead letter's id. */
export async function addDeadLetter(
  { url, dataSource }: TestApi,
  headers: Record<string, string> = {},
): Promise<string> {
  const receipt = await bodyOf<DispatchReceipt>(
    await post(`${url}${dispatchPath}`, exampleEvent(), headers),
  );
  const id = receipt.notifications[0]?.notification_id;
  await dataSource.query(
    `WITH failed AS (
       UPDATE notification SET state = 'failed', state_reason = 'retries_used_up',
         ended_at = clock_timestamp()
       WHERE id = $1
     ), given_up AS (
       UPDATE message SET state = 'failed', state_reason = 'whatsapp_rate' WHERE notification_id = $1
     )
     INSERT INTO dead_letter (id, kind, cause, detail)
     VALUES ($1, 'notification', 'retries_used_up', 'whatsapp: whatsapp_rate')`,
    [id],
  );
  if (!id) throw new Error('nobody was told');
  return id;
}
