import type { DataSource } from 'typeorm';
import * as sdk from '#contracts/client/index.js';
import { type Caller, clientOf } from './journeys.js';

/** What staff are told, read as a list and as a stream. */
export async function readInbox(caller: Caller, dataSource: DataSource): Promise<void> {
  const client = clientOf(caller);
  await dataSource.query(
    `INSERT INTO staff_notice (kind, subject, data)
     VALUES ('account_failing', 'email:house', '{"account": "email:house"}')`,
  );
  await sdk.countUnreadNotices({ client });
  const { data } = await sdk.listNotices({ client, query: { unread: true } });
  const id = data?.results[0]?.id ?? '';
  await sdk.readNotice({ client, path: { id } });
  await sdk.readAllNotices({ client, body: { up_to: 1, phase_id: 'phase-schedule' } });
  await sdk.readAllNotices({ client, body: {} });
  await caller.recorder.fetch(`${caller.url}/api/v1/notifications/inbox/stream/`, {
    headers: { ...caller.headers, accept: 'text/event-stream' },
  });
}
