import { createServer, type Server } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { SMTPServer } from 'smtp-server';
import type { OutgoingMessage } from '#domain/ports/channel-sender.js';
import { SmtpSender } from '#infrastructure/channels/smtp/smtp-sender.js';
import { type Sandbox, startSandbox } from '../start-sandbox.js';
import { arrivedAt, ask } from '../testing/control.js';
import { makeSender, messageOf } from '../testing/sender-rigs.js';

let sandbox: Sandbox;
const closers: (() => unknown)[] = [];

beforeAll(async () => {
  sandbox = await startSandbox({ host: '127.0.0.1', httpPort: 0, smtpPort: 0 });
});
beforeEach(() => ask(sandbox, 'DELETE', 'messages'));
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});
afterAll(() => sandbox.close());

function mail(changes: Partial<OutgoingMessage> = {}): OutgoingMessage {
  return messageOf(
    {
      address: { channel: 'email', email: 'carlos@example.com' },
      content: { channel: 'email', subject: 'Cita', html: '<p>Hola</p>', text: 'Hola' },
    },
    changes,
  );
}

function sender() {
  const made = makeSender('email', sandbox);
  closers.push(() => made.close());
  return made;
}

async function only() {
  const [message, ...others] = await arrivedAt(sandbox, 'channel=email');
  expect(others).toEqual([]);
  if (!message) throw new Error('nothing arrived');
  return message;
}

describe('what arrives', () => {
  test('has both texts, its sender, and tells machines not to answer', async () => {
    await sender().send(mail());
    const { subject, text, html, headers, to } = await only();
    expect({ subject, text, html, to }).toMatchObject({
      subject: 'Cita',
      to: 'carlos@example.com',
    });
    expect(text?.trim()).toBe('Hola');
    expect(html?.trim()).toBe('<p>Hola</p>');
    expect(headers).toMatchObject({
      from: 'Ambacar Service <avisos@example.com>',
      to: 'Carlos Mendoza <carlos@example.com>',
      'auto-submitted': 'auto-generated',
    });
  });

  test('has the same Message-ID at every attempt', async () => {
    const smtp = sender();
    await smtp.send(mail({ attempt: 1 }));
    await smtp.send(mail({ attempt: 2 }));
    const messages = await arrivedAt(sandbox, 'channel=email');
    const expected = `<${mail().messageId}@example.com>`;
    expect(messages.map(({ messageId }) => messageId)).toEqual([expected, expected]);
  });

  test.each([
    ['subject', 'Cita\r\nBcc: evil@example.com'],
    ['name', 'Carlos\r\nBcc: evil@example.com'],
    ['name', 'Carlos <evil@example.com>, otro'],
    ['name', '"Carlos" \u202eevil'],
    ['subject', 'Cita\u0000\u2028Bcc: evil@example.com'],
  ])('a %s that carries a header or an address (%j) stays words', async (part, text) => {
    const message = mail(part === 'name' ? { recipientName: text } : {});
    if (part === 'subject' && message.content.channel === 'email') message.content.subject = text;
    expect(await sender().send(message)).toMatchObject({ kind: 'accepted' });
    const { headers, to } = await only();
    expect(to).toBe('carlos@example.com');
    expect(Object.keys(headers)).not.toContain('bcc');
  });

  test('a body that looks like the end of the mail, or like a file, arrives whole', async () => {
    const text = 'uno\r\n.\r\nMAIL FROM:<evil@example.com>\n..\ndos';
    const content = { channel: 'email', subject: 's', html: 'file:///etc/passwd', text } as const;
    await sender().send(mail({ content }));
    const arrived = await only();
    expect(arrived.text?.replaceAll('\r\n', '\n').trim()).toBe(text.replaceAll('\r\n', '\n'));
    expect(arrived.html?.trim()).toBe('file:///etc/passwd');
  });

  test.each([
    'a@ok.example\r\nRCPT TO:<evil@example.com>',
    'Ana <evil@example.com> Pérez <a@ok.example>',
    'a@ok.example,evil@example.com',
    '"a@evil.example"@example.com',
    '',
  ])('an address that is not one mailbox (%j) is never dialled', async (email) => {
    const outcome = await sender().send(mail({ address: { channel: 'email', email } }));
    expect(outcome).toMatchObject({ kind: 'permanent_recipient', code: 'invalid_mailbox' });
    expect(await arrivedAt(sandbox, 'channel=email')).toEqual([]);
  });
});

describe('TLS is demanded or off, never a matter of luck', () => {
  test.each(['starttls', 'implicit-tls'] as const)(
    '%s with a server in the clear is a matter of settings, and nothing is sent',
    async (security) => {
      const smtp = new SmtpSender(settings(sandbox.smtpPort, security), { totalMs: 3000 });
      closers.push(() => smtp.close());
      expect(await smtp.send(mail())).toMatchObject({ kind: 'misconfigured', code: 'smtp_tls' });
      expect(await smtp.probe()).toMatchObject({ healthy: false });
      expect(await arrivedAt(sandbox, 'channel=email')).toEqual([]);
    },
  );

  test.each(['starttls', 'implicit-tls'] as const)(
    '%s with a certificate that nobody vouches for is refused',
    async (security) => {
      const server = new SMTPServer({ secure: security === 'implicit-tls', logger: false });
      server.on('error', () => undefined);
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      closers.push(() => new Promise<void>((resolve) => server.close(resolve)));
      const smtp = new SmtpSender(settings(portOf(server.server), security), { totalMs: 3000 });
      closers.push(() => smtp.close());
      expect(await smtp.send(mail())).toMatchObject({ kind: 'misconfigured', code: 'smtp_tls' });
    },
  );
});

describe('a connection that breaks is in doubt only after the final dot', () => {
  test.each([
    ['EHLO', 'transient'],
    ['MAIL', 'transient'],
    ['RCPT', 'transient'],
    ['DATA', 'transient'],
    ['.', 'unknown'],
  ])('cut at %s it is %s', async (command, kind) => {
    const smtp = new SmtpSender(settings(await serverThatHangsUpAt(command), 'none'), {
      totalMs: 3000,
    });
    closers.push(() => smtp.close());
    expect(await smtp.send(mail())).toMatchObject({ kind });
  });
});

function settings(port: number, security: 'implicit-tls' | 'starttls' | 'none') {
  return {
    host: '127.0.0.1',
    port,
    user: null,
    password: null,
    security,
    from: 'avisos@example.com',
    adminEmails: [],
  };
}

/** A mail server without pipelining that closes when it hears a command. */
async function serverThatHangsUpAt(command: string): Promise<number> {
  const server = createServer((socket) => {
    let body = false;
    socket.on('error', () => undefined);
    socket.write('220 ready\r\n');
    socket.on('data', (chunk) => {
      const text = chunk.toString();
      const ended = body && text.endsWith('\r\n.\r\n');
      if ((ended && command === '.') || (!body && text.startsWith(command))) {
        socket.destroy();
        return;
      }
      if (body && !ended) return;
      body = text.startsWith('DATA');
      socket.write(body ? '354 go on\r\n' : '250 ok\r\n');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => server.close());
  return portOf(server);
}

function portOf(server: Pick<Server, 'address'>): number {
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}
