import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { readConfiguration } from '#infrastructure/config/configuration.js';
import { SilentLines } from '#infrastructure/persistence/accounts/silent-lines.js';
import {
  openSeededDatabase,
  type SeededDatabase,
} from '#infrastructure/testing/seeded-database.js';
import { type Sandbox, startSandbox } from '../../apps/sandbox/src/start-sandbox.js';
import { arrivedAt } from '../../apps/sandbox/src/testing/control.js';
import { makeSender } from '../../apps/sandbox/src/testing/sender-rigs.js';
import { SilenceRelay } from '../../apps/worker/src/delivery/silence-relay.js';

let database: SeededDatabase;
let sandbox: Sandbox;

beforeAll(async () => {
  Logger.overrideLogger(false);
  database = await openSeededDatabase();
  sandbox = await startSandbox({ host: '127.0.0.1', httpPort: 0, smtpPort: 0 });
});
afterAll(async () => {
  await sandbox.close();
  await database.close();
});

test('a line that delivers nothing is told to the administrators, once by any number of workers', async () => {
  await database.dataSource.query(`
    INSERT INTO message (id, notification_id, rung, channel, address, template_version_id, state,
      sent_at, delivered_at)
    SELECT gen_random_uuid(), gen_random_uuid(), 0, 'whatsapp',
      jsonb_build_object('channel', 'whatsapp', 'phone', '+5939900000' || n), gen_random_uuid(),
      CASE WHEN n = 10 THEN 'delivered' ELSE 'sent' END,
      clock_timestamp() - CASE WHEN n = 10 THEN interval '1 hour' ELSE interval '11 minutes' END,
      CASE WHEN n = 10 THEN clock_timestamp() - interval '59 minutes' END
    FROM generate_series(10, 15) n`);
  const configuration = readConfiguration({
    DATABASE_URL: database.url,
    ADMIN_EMAILS: 'jefe@example.com,taller@example.com',
  });
  const email = makeSender('email', sandbox);
  const relays = [1, 2, 3].map(
    () =>
      new SilenceRelay(
        new SilentLines(database.dataSource),
        new Map([['email' as const, email]]),
        configuration,
      ),
  );
  for (const relay of relays) relay.sweep.start();
  const mails = () => arrivedAt(sandbox, 'channel=email');
  while ((await mails()).length < 2);
  await Promise.all(relays.map((relay) => relay.sweep.close()));
  await email.close();
  const arrived = await mails();
  expect(arrived.map(({ to, subject }) => [to, subject]).toSorted()).toEqual([
    ['jefe@example.com', 'WhatsApp no entrega los avisos'],
    ['taller@example.com', 'WhatsApp no entrega los avisos'],
  ]);
  expect(arrived[0]?.text).toContain('whatsapp:house');
});
