import { createTransport, type Transporter } from 'nodemailer';
import type { AttemptOutcome } from '#domain/delivery/attempt-outcome.js';
import {
  ChannelSender,
  type LookUpResult,
  type OutgoingMessage,
  type ProviderHealth,
} from '#domain/ports/channel-sender.js';
import type { Configuration } from '../../config/configuration.js';
import { isMailbox } from '../../contacts/mailbox.js';
import { describeAnswer } from '../describe-answer.js';
import type { BounceAddresses } from './bounce-addresses.js';
import { classifySmtp, type SmtpFailure } from './classify-smtp.js';
import { composeMail, type Mailbox, readMailbox } from './compose-mail.js';

export interface SmtpLimits {
  connectMs: number;
  greetingMs: number;
  /** Silence of the server; RFC 5321 section 4.5.3.2 wants minutes after the final dot. */
  silenceMs: number;
  /** One whole attempt, waiting for a free connection included. */
  totalMs: number;
  connections: number;
}

const defaultLimits: SmtpLimits = {
  connectMs: 10_000,
  greetingMs: 10_000,
  silenceMs: 60_000,
  totalMs: 75_000,
  connections: 10,
};

/** E-mail over a pool of SMTP connections. TLS is either demanded or off, never a matter of luck. */
export class SmtpSender extends ChannelSender {
  readonly channel = 'email';
  readonly timeoutMs: number;

  private readonly transport: Transporter;
  private readonly prober: Transporter;
  private readonly from: Mailbox;
  private readonly underWay = new Set<Promise<AttemptOutcome>>();
  /** How far a mail got, found by the abort signal: the one object of ours that plugins see. */
  private readonly progress = new WeakMap<AbortSignal, { bodySent: boolean }>();

  /** @param bounces where mails are returned to; without it to the sender */
  constructor(
    private readonly settings: Configuration['email'],
    limits: Partial<SmtpLimits> = {},
    private readonly bounces: BounceAddresses | null = null,
  ) {
    super();
    const { connections, ...times } = { ...defaultLimits, ...limits };
    this.timeoutMs = times.totalMs;
    this.from = readMailbox(settings.from);
    const options = connectionOptions(settings, times);
    this.transport = createTransport({ ...options, pool: true, maxConnections: connections });
    // Its own connection each time, and less patience: a probe that hangs is an answer.
    this.prober = createTransport({
      ...options,
      socketTimeout: Math.min(times.silenceMs, 10_000),
    });
    this.noteEndOfBody();
  }

  send(message: OutgoingMessage): Promise<AttemptOutcome> {
    const attempt = this.attempt(message).finally(() => this.underWay.delete(attempt));
    this.underWay.add(attempt);
    return attempt;
  }

  /** SMTP has no way of asking; the Message-ID lets receivers collapse a repeat. */
  async lookUp(): Promise<LookUpResult> {
    return { found: 'cannot_tell', detail: 'SMTP cannot be asked about a mail' };
  }

  /** Connects, greets, agrees on TLS and logs in, as a mail would. */
  async probe(): Promise<ProviderHealth> {
    try {
      await this.prober.verify();
      return { healthy: true, detail: 'the server took our greeting' };
    } catch (error) {
      const { code, detail } = classifySmtp(failureOf(error), false, this.secrets());
      return { healthy: false, detail: `${code}: ${detail}`.slice(0, 300) };
    }
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.underWay);
    this.transport.close();
  }

  private async attempt(message: OutgoingMessage): Promise<AttemptOutcome> {
    const mail = composeMail(message, this.from, this.bounces?.addressFor(message.messageId));
    if (!mail || message.address.channel !== 'email') {
      return { kind: 'permanent_message', code: 'wrong_channel', detail: 'not an e-mail' };
    }
    const { email } = message.address;
    if (!isMailbox(email)) {
      return { kind: 'permanent_recipient', code: 'invalid_mailbox', detail: 'not one mailbox' };
    }
    const deadline = new AbortController();
    const progress = { bodySent: false };
    this.progress.set(deadline.signal, progress);
    const timer = setTimeout(() => deadline.abort(), this.timeoutMs);
    try {
      const info = await this.transport.sendMail({ ...mail, signal: deadline.signal });
      const refused = info.rejectedErrors?.[0];
      return refused
        ? classifySmtp(failureOf(refused), false, this.secrets(email))
        : {
            kind: 'accepted',
            providerMessageId: info.serverMessageId ?? null,
            detail: describeAnswer(info.response ?? '', this.secrets(email)),
          };
    } catch (error) {
      return classifySmtp(failureOf(error), progress.bodySent, this.secrets(email));
    } finally {
      clearTimeout(timer);
    }
  }

  /**
   * Marks the moment at which the socket took the last byte of a body, just before the final dot
   * is written: until then a broken connection means "not sent", after it nobody knows.
   */
  private noteEndOfBody(): void {
    this.transport.use('stream', (mail, done) => {
      const progress = mail.data.signal && this.progress.get(mail.data.signal);
      if (progress) {
        mail.message?.processFunc((body) => {
          body.once('end', () => {
            progress.bodySent = true;
          });
          return body;
        });
      }
      done();
    });
  }

  private secrets(...more: string[]): string[] {
    return this.settings.password ? [this.settings.password, ...more] : more;
  }
}

function connectionOptions(
  { host, port, user, password, security }: Configuration['email'],
  { connectMs, greetingMs, silenceMs }: Omit<SmtpLimits, 'connections'>,
) {
  return {
    host,
    port,
    auth: user ? { user, pass: password ?? '' } : undefined,
    secure: security === 'implicit-tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    connectionTimeout: connectMs,
    greetingTimeout: greetingMs,
    socketTimeout: silenceMs,
    dnsTimeout: Math.min(connectMs, 5000),
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

function failureOf(error: unknown): SmtpFailure {
  return typeof error === 'object' && error !== null ? error : { message: String(error) };
}
