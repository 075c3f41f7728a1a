import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import PostalMime from 'postal-mime';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import type { Fault, Faults } from '../world/faults.js';
import type { Inbox } from '../world/inbox.js';

type Reply = (error?: Error | null) => void;

/** Replies to `RCPT TO` that refuse the recipient, by fault. */
const recipientReplies: Partial<Record<Fault['kind'], [number, string]>> = {
  refuse_recipient: [550, '5.1.1 The mailbox does not exist'],
  unavailable: [451, '4.3.0 Local error in processing, try again later'],
  rate_limit: [450, '4.2.1 The mailbox receives mail at a rate too high'],
  full: [452, '4.2.2 The mailbox is full'],
  bad_credentials: [530, '5.7.0 Authentication required'],
};

/** A mail server that takes everything for everybody, unless told to fail. */
export class SmtpProvider {
  private readonly server: SMTPServer;
  private readonly sockets = new Map<number, Socket>();
  /** The fault that a mail under way will meet at its end, by session. */
  private readonly pending = new Map<string, Fault>();

  constructor(
    private readonly inbox: Inbox,
    private readonly faults: Faults,
  ) {
    this.server = new SMTPServer({
      banner: 'sandbox',
      authOptional: true,
      allowInsecureAuth: true,
      disabledCommands: ['STARTTLS'],
      disableReverseLookup: true,
      logger: false,
      size: 10 * 1024 * 1024,
      closeTimeout: 100,
      onAuth: ({ username }, _session, callback) => {
        if (this.faults.ofProvider('email')?.kind !== 'bad_credentials') {
          return callback(null, { user: username ?? 'user' });
        }
        callback(refusal(535, '5.7.8 Username and password not accepted'));
      },
      onRcptTo: ({ address }, session, reply) => this.recipient(address, session, reply),
      onData: (stream, session, reply) => void this.mail(stream, session, reply),
      onClose: ({ id }) => this.pending.delete(id),
    });
    // A connection that is cut is what a peer that goes away looks like.
    this.server.on('error', () => undefined);
    this.server.server.on('connection', (socket) => {
      const port = socket.remotePort ?? 0;
      this.sockets.set(port, socket);
      socket.once('close', () => this.sockets.delete(port));
    });
  }

  /** @returns the port on which it listens */
  async listen(host: string, port: number): Promise<number> {
    const listener = this.server.server;
    await new Promise<void>((resolve, reject) => {
      listener.once('error', reject);
      this.server.listen(port, host, () => {
        listener.off('error', reject);
        resolve();
      });
    });
    const address = listener.address();
    return typeof address === 'object' && address !== null ? address.port : port;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets.values()) socket.destroy();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private recipient(address: string, session: SMTPServerSession, reply: Reply): void {
    const fault = this.faults.take('email', address);
    // A stalling server never says anything more.
    if (fault?.kind === 'stall') return;
    const refused = fault && recipientReplies[fault.kind];
    if (fault && !refused) this.pending.set(session.id, fault);
    reply(refused ? refusal(...refused) : null);
  }

  private async mail(
    stream: SMTPServerDataStream,
    session: SMTPServerSession,
    reply: Reply,
  ): Promise<void> {
    const raw = await readWhole(stream);
    const fault = this.pending.get(session.id);
    this.pending.delete(session.id);
    if (!raw) return;
    if (fault?.kind === 'refuse_message') {
      return reply(refusal(554, '5.6.0 The message is not acceptable'));
    }
    if (fault?.kind === 'garbage') {
      this.sockets.get(session.remotePort)?.end('*** this is not SMTP ***\r\n');
      return;
    }
    if (fault?.kind === 'slow') await delay(fault.delayMs ?? 1000);
    await this.keep(raw, session);
    if (fault?.kind === 'lose_answer') {
      this.sockets.get(session.remotePort)?.destroy();
      return;
    }
    reply();
  }

  private async keep(raw: Buffer, session: SMTPServerSession): Promise<void> {
    const mail = await PostalMime.parse(raw);
    const headers = Object.fromEntries(mail.headers.map(({ key, value }) => [key, value]));
    // As the server that delivers a mail writes it (RFC 5321 section 4.4).
    const { mailFrom } = session.envelope;
    if (mailFrom) headers['return-path'] = `<${mailFrom.address}>`;
    for (const { address } of session.envelope.rcptTo) {
      this.inbox.add({
        channel: 'email',
        to: address,
        subject: mail.subject ?? null,
        text: mail.text ?? null,
        html: mail.html ?? null,
        headers,
        messageId: mail.messageId ?? null,
      });
    }
  }
}

/** Null when the sender went away before its end: such a mail was never sent. */
async function readWhole(stream: SMTPServerDataStream): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of stream) chunks.push(chunk);
  } catch {
    return null;
  }
  return Buffer.concat(chunks);
}

function refusal(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}
