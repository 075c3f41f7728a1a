import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { channels } from '#domain/catalog/channels.js';
import { type Sandbox, startSandbox } from '../start-sandbox.js';
import { arrivedAt, ask, nobodyThere } from '../testing/control.js';
import { expectations } from '../testing/expectations.js';
import { makeRig, makeSender, messageOf, type SenderRig } from '../testing/sender-rigs.js';

let sandbox: Sandbox;
const open: SenderRig['sender'][] = [];

beforeAll(async () => {
  sandbox = await startSandbox({ host: '127.0.0.1', httpPort: 0, smtpPort: 0 });
});

beforeEach(async () => {
  await ask(sandbox, 'DELETE', 'faults');
  await ask(sandbox, 'DELETE', 'messages');
});

afterEach(async () => {
  await Promise.all(open.splice(0).map((sender) => sender.close()));
});

afterAll(() => sandbox.close());

describe.each(channels)('the sender for %s keeps what every sender promises', (channel) => {
  test('a message that the provider takes is accepted and arrives once', async () => {
    const rig = await rigOf();
    const outcome = await rig.sender.send(messageOf(rig));
    expect(outcome).toMatchObject({ kind: 'accepted' });
    expect(await arrived()).toHaveLength(1);
  });

  test.each(expectations[channel])(
    'a provider whose fault is $fault is told as $kind',
    async ({ fault, arrives, ...expected }) => {
      const rig = await rigOf();
      await ask(sandbox, 'PUT', 'faults', { channel, ...fault });
      const outcome = await rig.sender.send(messageOf(rig));
      expect(outcome).toMatchObject(expected);
      expect(await arrived()).toHaveLength(arrives);
      expectDiscreet(outcome, rig);
    },
  );

  test('a provider that never answers holds a call no longer than the sender says', async () => {
    const rig = await rigOf(400);
    await ask(sandbox, 'PUT', 'faults', { channel, kind: 'stall' });
    const startedAt = performance.now();
    const outcome = await rig.sender.send(messageOf(rig));
    expect(outcome).toMatchObject({ code: 'timeout' });
    // Not the 10 s and more that the libraries themselves would wait; the rest is this machine's.
    expect(performance.now() - startedAt).toBeLessThan(rig.sender.timeoutMs + 8000);
  });

  test('nobody at the provider’s address is a passing trouble', async () => {
    const rig = await rigOf();
    const nobody = await nobodyThere();
    const message = messageOf(rig);
    if (message.address.channel === 'push') {
      message.address.endpoint = message.address.endpoint.replace(sandbox.httpUrl, nobody.httpUrl);
    }
    const sender = makeSender(channel, nobody);
    open.push(sender);
    expect(await sender.send(message)).toMatchObject({ kind: 'transient', code: 'unreachable' });
    expect(await sender.probe()).toMatchObject({ healthy: false });
  });

  test('a provider that works again takes what it refused, over the same sender', async () => {
    const rig = await rigOf();
    await ask(sandbox, 'PUT', 'faults', { channel, kind: 'unavailable', times: 1 });
    expect(await rig.sender.send(messageOf(rig))).toMatchObject({ kind: 'transient' });
    expect(await rig.sender.send(messageOf(rig, { attempt: 2 }))).toMatchObject({
      kind: 'accepted',
    });
    expect(await arrived()).toHaveLength(1);
  });

  test('many at once all arrive', async () => {
    const rig = await rigOf();
    const outcomes = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        rig.sender.send(messageOf(rig, { messageId: `m-${index}`, notificationId: `n-${index}` })),
      ),
    );
    expect(new Set(outcomes.map(({ kind }) => kind))).toEqual(new Set(['accepted']));
    expect(await arrived()).toHaveLength(40);
  });

  test('a healthy provider is called healthy', async () => {
    const { sender } = await rigOf();
    expect(await sender.probe()).toMatchObject({ healthy: true });
  });

  test('closing waits for the call under way, and may be asked for twice', async () => {
    const rig = await rigOf();
    await ask(sandbox, 'PUT', 'faults', { channel, kind: 'slow', delayMs: 200 });
    const sending = rig.sender.send(messageOf(rig));
    await rig.sender.close();
    await rig.sender.close();
    expect(await sending).toMatchObject({ kind: 'accepted' });
  });

  test('a message of another channel is refused without a call', async () => {
    const rig = await rigOf();
    const other = await makeRig(channel === 'email' ? 'whatsapp' : 'email', sandbox);
    open.push(other.sender);
    expect(await rig.sender.send(messageOf(other))).toMatchObject({
      kind: 'permanent_message',
      code: 'wrong_channel',
    });
  });

  /** The detail is read by staff and kept: no address, key or content may stand in it. */
  function expectDiscreet({ detail }: { detail: string }, { address, content }: SenderRig): void {
    expect(detail.length).toBeLessThanOrEqual(300);
    for (const value of [...Object.values(address), ...Object.values(content)]) {
      if (value !== channel) expect(detail).not.toContain(value);
    }
  }

  async function rigOf(timeoutMs?: number): Promise<SenderRig> {
    const rig = await makeRig(channel, sandbox, timeoutMs);
    open.push(rig.sender);
    return rig;
  }

  function arrived() {
    return arrivedAt(sandbox, `channel=${channel}`);
  }
});

test('a wrong key, a lost instance and a closed one are told apart from a healthy one', async () => {
  await ask(sandbox, 'PUT', 'faults', { channel: 'whatsapp', kind: 'unavailable' });
  await ask(sandbox, 'PUT', 'faults', { channel: 'email', kind: 'bad_credentials' });
  const whatsapp = makeSender('whatsapp', sandbox);
  const email = makeSender('email', sandbox);
  const { EVOLUTION_API_KEY } = sandbox.environment;
  const wrongKey = makeSender('whatsapp', {
    ...sandbox,
    environment: { ...sandbox.environment, EVOLUTION_API_KEY: `${EVOLUTION_API_KEY}x` },
  });
  const wrongInstance = makeSender('whatsapp', {
    ...sandbox,
    environment: { ...sandbox.environment, EVOLUTION_INSTANCE: 'otro taller' },
  });
  open.push(whatsapp, email, wrongKey, wrongInstance);
  expect(await whatsapp.probe()).toEqual({ healthy: false, detail: 'instance close' });
  expect(await email.probe()).toMatchObject({ healthy: false });
  expect(await wrongKey.probe()).toEqual({ healthy: false, detail: 'HTTP 401' });
  expect(await wrongInstance.probe()).toEqual({ healthy: false, detail: 'HTTP 404' });
});
