import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect } from '@jest/globals';
import { SMTPServer } from 'smtp-server';
import { createApiKey } from '#infrastructure/persistence/api-keys.js';
import {
  insertMessages,
  messageParameters,
  type NewMessages,
} from '#infrastructure/testing/message-log.js';
import { bodyOf, startTestApi } from './start-test-api.js';

export const north = '0190aaaa-0000-7000-8000-000000000001';
export const south = '0190aaaa-0000-7000-8000-000000000002';

export type AnalyticsRig = Awaited<ReturnType<typeof startAnalytics>>;

/** The API beside a mail server that answers, with messages as a test wants them. */
export async function startAnalytics() {
  const mailServer = new SMTPServer({ authOptional: true, disabledCommands: ['STARTTLS'] });
  mailServer.listen(0, '127.0.0.1');
  await once(mailServer.server, 'listening');
  const { port } = mailServer.server.address() as AddressInfo;
  const api = await startTestApi({ EMAIL_HOST: '127.0.0.1', EMAIL_PORT: String(port) });
  const query = (sql: string, parameters?: unknown[]) => api.dataSource.query(sql, parameters);
  const keyOf = async (scope: 'read' | 'write', tallerId?: string) => {
    const { key } = await createApiKey(api.dataSource, { name: 'k', scopes: [scope], tallerId });
    return key;
  };
  const all = await keyOf('read');
  const get = (path: string, key = all) =>
    fetch(`${api.url}/api/v1/analytics/${path}`, { headers: { 'x-api-key': key } });
  return {
    query,
    get,
    url: `${api.url}/api/v1/analytics/`,
    /** Of a key that reads the north's workshop alone, and of one that may not read at all. */
    northern: await keyOf('read', north),
    writing: await keyOf('write'),
    async read<T>(path: string, key = all): Promise<T> {
      const answer = await get(path, key);
      expect({ path, status: answer.status }).toEqual({ path, status: 200 });
      return bodyOf<T>(answer);
    },
    /** Makes messages in a state; each sent one took 3 seconds. */
    async make(count: number, state: string, changes: Partial<NewMessages> = {}) {
      await query(
        insertMessages,
        messageParameters({
          count,
          createdAt: new Date('2026-05-10T12:00:00Z'),
          tallerId: null,
          channel: 'email',
          eventType: 'vehicle_ready',
          scheduledInHours: null,
          ...changes,
        }),
      );
      await query(
        `UPDATE message SET state = $1, sent_at = CASE WHEN $1 IN ('sent', 'delivered', 'read', 'bounced')
           THEN greatest(created_at, scheduled_for) + interval '3 seconds' END
         WHERE state = 'queued'`,
        [state],
      );
    },
    /** Takes away every message. */
    empty: () => query('TRUNCATE event, notification, message'),
    async close() {
      await api.close();
      mailServer.close();
    },
  };
}
