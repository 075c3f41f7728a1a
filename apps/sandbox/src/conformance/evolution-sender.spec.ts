import { createServer, type RequestListener, type Server } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { ChannelSender, OutgoingMessage } from '#domain/ports/channel-sender.js';
import { EvolutionSender } from '#infrastructure/channels/evolution/evolution-sender.js';
import { type Sandbox, startSandbox } from '../start-sandbox.js';
import { arrivedAt, ask } from '../testing/control.js';
import { makeSender, messageOf } from '../testing/sender-rigs.js';

let sandbox: Sandbox;
let sender: ChannelSender;
const closers: (() => unknown)[] = [];

beforeAll(async () => {
  sandbox = await startSandbox({ host: '127.0.0.1', httpPort: 0, smtpPort: 0 });
  sender = makeSender('whatsapp', sandbox);
});
beforeEach(async () => {
  await ask(sandbox, 'DELETE', 'messages');
  await ask(sandbox, 'DELETE', 'faults');
});
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});
afterAll(async () => {
  await sender.close();
  await sandbox.close();
});

function text(body: string, phone = '+593991234567'): OutgoingMessage {
  return messageOf({
    address: { channel: 'whatsapp', phone },
    content: { channel: 'whatsapp', text: body },
  });
}

describe('what is sent', () => {
  test('arrives letter by letter, and the provider’s id is kept', async () => {
    const body = 'Hola *Carlos* 👋\nsu «Haval» está listo: {"a":1} \\ \u00a0';
    const outcome = await sender.send(text(body));
    const [message] = await arrivedAt(sandbox, 'channel=whatsapp');
    expect(message).toMatchObject({ to: '+593991234567', text: body });
    expect(outcome).toMatchObject({ kind: 'accepted', providerMessageId: message?.messageId });
  });

  test.each(['593991234567', '+0991234567', '+593991234567@g.us', 'status@broadcast', '+123', ''])(
    'a recipient that is no number in E.164 (%j) is never asked for',
    async (phone) => {
      expect(await sender.send(text('hola', phone))).toMatchObject({
        kind: 'permanent_recipient',
        code: 'invalid_phone',
      });
      expect(await arrivedAt(sandbox, 'channel=whatsapp')).toEqual([]);
    },
  );

  test.each([
    ['', 'empty_text'],
    [' \n ', 'empty_text'],
    ['a'.repeat(4097), 'too_large'],
  ])('a text that WhatsApp would not carry is refused here', async (body, code) => {
    expect(await sender.send(text(body))).toMatchObject({ kind: 'permanent_message', code });
  });

  test('4096 characters pass', async () => {
    expect(await sender.send(text('ñ'.repeat(4096)))).toMatchObject({ kind: 'accepted' });
  });
});

describe('an attempt whose answer was lost is looked up', () => {
  test('it is found when it had got through, with its id', async () => {
    await ask(sandbox, 'PUT', 'faults', { channel: 'whatsapp', kind: 'lose_answer', times: 1 });
    const message = text('su cita es mañana');
    const since = new Date();
    expect(await sender.send(message)).toMatchObject({ kind: 'unknown' });
    const [arrived] = await arrivedAt(sandbox, 'channel=whatsapp');
    expect(await sender.lookUp(message, since)).toEqual({
      found: 'yes',
      providerMessageId: arrived?.messageId,
    });
  });

  test.each([
    ['+5215512345678', 'Mexico'],
    ['+5493416123456', 'Argentina'],
    ['+5541987654321', 'Brazil'],
  ])('it is found under the number that the server makes of %s (%s)', async (phone) => {
    const message = text('hola', phone);
    await sender.send(message);
    expect(await sender.lookUp(message, new Date())).toMatchObject({ found: 'yes' });
  });

  test('another text, another person or another hour is not it', async () => {
    await sender.send(text('hola', '+593990000001'));
    const now = new Date();
    expect(await sender.lookUp(text('adiós', '+593990000001'), now)).toEqual({ found: 'no' });
    expect(await sender.lookUp(text('hola', '+593990000002'), now)).toEqual({ found: 'no' });
    const later = new Date(now.getTime() + 60_000);
    expect(await sender.lookUp(text('hola', '+593990000001'), later)).toEqual({ found: 'no' });
  });

  test('a server that keeps nothing cannot tell', async () => {
    expect(await sender.lookUp(text('hola'), new Date())).toMatchObject({ found: 'cannot_tell' });
  });

  test('a server that refuses or garbles the question cannot tell', async () => {
    await ask(sandbox, 'PUT', 'faults', { channel: 'whatsapp', kind: 'bad_credentials' });
    expect(await sender.lookUp(text('hola'), new Date())).toMatchObject({ found: 'cannot_tell' });
    const garbling = await senderTo((_request, response) =>
      response.end('{"messages":{"total":"many"}}'),
    );
    expect(await garbling.lookUp(text('hola'), new Date())).toMatchObject({ found: 'cannot_tell' });
  });

  test('it is found among more messages than one page shows', async () => {
    const since = new Date();
    const message = text('su cita es mañana');
    await sender.send(message);
    for (let other = 0; other < 130; other += 1) await sender.send(text(`otra ${other}`));
    expect(await sender.lookUp(message, since)).toMatchObject({ found: 'yes' });
    expect(await sender.lookUp(text('nunca enviada'), since)).toEqual({ found: 'no' });
  });

  test('more messages than are worth asking for cannot tell, and the server is well', async () => {
    const crowded = await senderTo((_request, response) =>
      response.end('{"messages":{"total":5000,"records":[]}}'),
    );
    expect(await crowded.lookUp(text('hola'), new Date())).toMatchObject({
      found: 'cannot_tell',
      answered: true,
    });
  });
});

describe('a hostile answer does no harm', () => {
  test('an endless one is cut off', async () => {
    const endless = await senderTo((_request, response) => {
      response.writeHead(500);
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(64 * 1024)));
      };
      response.on('drain', more);
      more();
    });
    expect(await endless.send(text('hola'))).toMatchObject({ kind: 'transient' });
  });

  test('one that drips past the deadline is no answer', async () => {
    const dripping = await senderTo((_request, response) => {
      response.writeHead(201);
      const timer = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(timer));
    }, 300);
    expect(await dripping.send(text('hola'))).toMatchObject({ kind: 'unknown', code: 'timeout' });
  });

  test('a redirect is not followed', async () => {
    const redirecting = await senderTo((_request, response) => {
      response.writeHead(307, { location: sandbox.httpUrl }).end();
    });
    expect(await redirecting.send(text('hola'))).toMatchObject({
      kind: 'misconfigured',
      code: 'evolution_url',
    });
  });

  test('the path under which the server lives, and a name with a slash, are kept', async () => {
    let path: string | undefined;
    const elsewhere = await senderTo((request, response) => {
      path = request.url;
      response.writeHead(404).end();
    });
    await elsewhere.send(text('hola'));
    expect(path).toBe('/wa/message/sendText/taller%2Fnorte');
  });
});

async function senderTo(listener: RequestListener, timeoutMs = 5000): Promise<EvolutionSender> {
  const server: Server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const url = `http://127.0.0.1:${port}/wa/`;
  const made = new EvolutionSender({ url, apiKey: 'k', instance: 'taller/norte', timeoutMs });
  closers.push(async () => {
    await made.close();
    server.closeAllConnections();
    server.close();
  });
  return made;
}
