import { randomUUID } from 'node:crypto';
import { ClickTokens } from '#infrastructure/channels/web-push/click-tokens.js';
import type { Caller } from './journeys.js';

const webhooks = '/api/v1/webhooks';

/** What providers and service workers tell of messages, and what of it is refused. */
export async function hearOfMessages(
  { url, recorder, headers }: Caller,
  vapidPrivateKey: string,
): Promise<void> {
  const tell = (path: string, type: string, body: string) =>
    recorder.fetch(url + path, {
      method: 'POST',
      headers: { ...headers, 'content-type': type },
      body,
    });
  const update = JSON.stringify({
    event: 'messages.update',
    instance: 'taller-norte',
    data: { keyId: '3EB0C14A1128E3992CAE34', status: 'READ' },
  });
  for (const path of [`${webhooks}/evolution/`, `${webhooks}/evolution/messages-update/`]) {
    await tell(path, 'application/json', '');
    await tell(path, 'application/json', update);
  }
  await tell(`${webhooks}/mail/`, 'message/rfc822', '');
  await tell(`${webhooks}/mail/`, 'message/rfc822', 'Subject: Vacaciones\r\n\r\n');
  const click = (token: string) =>
    tell('/api/v1/notifications/push/click/', 'application/json', JSON.stringify({ token }));
  await click(new ClickTokens(vapidPrivateKey).make(randomUUID()));
  await click('A'.repeat(43));
}
