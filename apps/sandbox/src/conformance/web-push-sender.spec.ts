import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import webPush from 'web-push';
import type { OutgoingMessage } from '#domain/ports/channel-sender.js';
import { WebPushSender } from '#infrastructure/channels/web-push/web-push-sender.js';
import { type Sandbox, startSandbox } from '../start-sandbox.js';
import { arrivedAt, ask } from '../testing/control.js';
import { makeRig, messageOf, type SenderRig, subscribe } from '../testing/sender-rigs.js';

let sandbox: Sandbox;
let rig: SenderRig;
const open: WebPushSender[] = [];

beforeAll(async () => {
  sandbox = await startSandbox({ host: '127.0.0.1', httpPort: 0, smtpPort: 0 });
  rig = await makeRig('push', sandbox);
});
beforeEach(() => ask(sandbox, 'DELETE', 'messages'));
afterEach(async () => {
  await Promise.all(open.splice(0).map((sender) => sender.close()));
});
afterAll(async () => {
  await rig.sender.close();
  await sandbox.close();
});

function push(changes: Partial<OutgoingMessage> = {}, body = 'Listo'): OutgoingMessage {
  const url = 'https://app.example.com/o/1';
  return messageOf(
    { address: rig.address, content: { channel: 'push', title: 'Su vehículo', body, url } },
    changes,
  );
}

async function to(changes: Partial<Extract<SenderRig['address'], { channel: 'push' }>>) {
  if (rig.address.channel !== 'push') throw new Error('not a push rig');
  return rig.sender.send(push({ address: { ...rig.address, ...changes } }));
}

describe('what the browser gets', () => {
  test('is title, body and link, decrypted with its own keys', async () => {
    expect(await rig.sender.send(push())).toMatchObject({ kind: 'accepted' });
    expect(await arrivedAt(sandbox, 'channel=push')).toMatchObject([
      { title: 'Su vehículo', text: 'Listo', url: 'https://app.example.com/o/1' },
    ]);
  });

  test.each([
    [
      { validForMs: 90_500, priority: 'high' },
      { ttl: '90', urgency: 'high' },
    ],
    [{ validForMs: null }, { ttl: '259200', urgency: 'normal' }],
    [{ validForMs: 1e12 }, { ttl: '2419200' }],
    [{ validForMs: -5 }, { ttl: '0' }],
  ] as const)('lives and presses as %j says', async (changes, headers) => {
    await rig.sender.send(push(changes));
    expect(await arrivedAt(sandbox, 'channel=push')).toMatchObject([{ headers }]);
  });

  test('carries a topic that is the same at every attempt, and another for another notice', async () => {
    await rig.sender.send(push({ attempt: 1 }));
    await rig.sender.send(push({ attempt: 2 }));
    await rig.sender.send(push({ notificationId: 'another' }));
    const [first, second, third] = await arrivedAt(sandbox, 'channel=push');
    expect(first?.topic).toMatch(/^[\w-]{32}$/);
    expect(second?.topic).toBe(first?.topic);
    expect(third?.topic).not.toBe(first?.topic);
  });

  test('is refused before it leaves when it would not fit, to the byte', async () => {
    const overhead = 3993 - fittingBody().length;
    expect(overhead).toBeGreaterThan(0);
    expect(await rig.sender.send(push({}, fittingBody()))).toMatchObject({ kind: 'accepted' });
    expect(await rig.sender.send(push({}, `${fittingBody()}x`))).toMatchObject({
      kind: 'permanent_message',
      code: 'too_large',
    });
  });
});

describe('a subscription that is of no use ends', () => {
  test('when it expired, is unknown, or was made for another key', async () => {
    const { endpoint, keys } = await subscribe(sandbox);
    const token = endpoint.slice(endpoint.lastIndexOf('/') + 1);
    await ask(sandbox, 'DELETE', `push/subscriptions/${token}`);
    expect(await to({ endpoint, ...keys })).toMatchObject({ code: 'subscription_gone' });
    expect(await to({ endpoint: `${sandbox.httpUrl}/push/a.b.c` })).toMatchObject({
      kind: 'permanent_recipient',
      code: 'subscription_gone',
    });
    const foreign = await subscribe(sandbox, webPush.generateVAPIDKeys().publicKey);
    expect(await to({ endpoint: foreign.endpoint, ...foreign.keys })).toMatchObject({
      kind: 'permanent_recipient',
      code: 'subscription_key_mismatch',
    });
  });

  test.each([
    { p256dh: 'x' },
    { p256dh: Buffer.alloc(65, 4).toString('base64url') },
    { p256dh: '' },
    { auth: 'AAAA' },
    { auth: '' },
  ])('when its keys are none: %j', async (keys) => {
    expect(await to(keys)).toMatchObject({
      kind: 'permanent_recipient',
      code: 'subscription_keys',
    });
  });

  test.each([
    'http://127.0.0.1:1/push/x',
    'https://169.254.169.254/latest/meta-data/',
    'https://evil.example/x',
    'not an address',
  ])('when it points where it must not: %s', async (endpoint) => {
    expect(await to({ endpoint })).toMatchObject({
      kind: 'permanent_recipient',
      code: 'endpoint_refused',
    });
  });
});

test('a name that leads into this network is not dialled, though its host is on the list', async () => {
  const sender = new WebPushSender({
    ...webPush.generateVAPIDKeys(),
    subject: 'mailto:avisos@example.com',
    endpointHosts: ['push.localhost'],
    trustedOrigins: [],
  });
  open.push(sender);
  if (rig.address.channel !== 'push') throw new Error('not a push rig');
  const address = { ...rig.address, endpoint: 'https://a.push.localhost/x' };
  const outcome = await sender.send(push({ address }));
  // Resolvers differ: some know *.localhost as this machine, others as nothing at all.
  expect(['endpoint_refused', 'unreachable']).toContain('code' in outcome ? outcome.code : '');
});

test('a key pair that does not sign is called unhealthy', async () => {
  const sender = new WebPushSender({
    publicKey: webPush.generateVAPIDKeys().publicKey,
    privateKey: 'short',
    subject: 'mailto:avisos@example.com',
    endpointHosts: [],
    trustedOrigins: [],
  });
  open.push(sender);
  expect(await sender.probe()).toMatchObject({ healthy: false });
});

/** The longest body of which the whole payload still is 3993 bytes. */
function fittingBody(): string {
  const empty = {
    web_push: 8030,
    notification: {
      title: 'Su vehículo',
      body: '',
      lang: 'es',
      navigate: 'https://app.example.com/o/1',
      tag: push().notificationId,
      data: { click: 'x'.repeat(43) },
    },
  };
  return 'x'.repeat(3993 - Buffer.byteLength(JSON.stringify(empty)));
}
