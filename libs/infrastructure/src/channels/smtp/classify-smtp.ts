import type { AttemptOutcome, OutcomeKind } from '#domain/delivery/attempt-outcome.js';
import { isCertificateProblem } from '../call-provider.js';
import { describeAnswer } from '../describe-answer.js';

/** What nodemailer 10 says of a failed mail; all optional, since any error may come along. */
export interface SmtpFailure {
  /** nodemailer's own word, such as `EENVELOPE`. */
  code?: string;
  /** The system's word under it, such as `ECONNREFUSED`. */
  originalCode?: string;
  /** SMTP reply code. Present: the server has answered, and nothing is in doubt. */
  responseCode?: number;
  response?: string;
  /** The SMTP command that was answered, such as `RCPT TO`. */
  command?: string;
  message?: string;
}

type Refusal = {
  kind: Exclude<OutcomeKind, 'accepted'>;
  code: string;
  retryAfterMs?: number;
  ofRecipient?: boolean;
};

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/**
 * What a failed mail means. Order of decision: login and TLS, then the enhanced status
 * (RFC 3463), then the reply code and the command that it answers.
 *
 * @param bodySent whether the whole message, and with it the final dot, was handed to the socket.
 *   Only then can a connection that breaks leave us in doubt (RFC 5321 section 4.5.3.2.6).
 */
export function classifySmtp(
  failure: SmtpFailure,
  bodySent: boolean,
  secrets: readonly string[] = [],
): Exclude<AttemptOutcome, { kind: 'accepted' }> {
  const refusal = ownCode(failure) ?? reply(failure, bodySent) ?? noReply(failure, bodySent);
  const said = failure.response ?? failure.message ?? failure.code ?? 'no answer';
  return { ...refusal, detail: describeAnswer(said, secrets) };
}

/** Troubles with the session itself, which nodemailer names. */
function ownCode({ code, originalCode = '', responseCode }: SmtpFailure): Refusal | null {
  switch (code) {
    case 'EAUTH':
      // 454 4.7.0: the server's own directory is down.
      return responseCode !== undefined && responseCode < 500
        ? { kind: 'transient', code: 'smtp_auth' }
        : { kind: 'misconfigured', code: 'smtp_auth' };
    case 'ENOAUTH':
    case 'EOAUTH2':
      return { kind: 'misconfigured', code: 'smtp_auth' };
    case 'ECONFIG':
      return { kind: 'misconfigured', code: 'smtp_settings' };
    case 'ETLS':
    case 'EREQUIRETLS':
      return tls(originalCode, responseCode);
    case 'EDNS':
      return originalCode === 'ENOTFOUND'
        ? { kind: 'misconfigured', code: 'smtp_host' }
        : { kind: 'transient', code: 'smtp_dns' };
    default:
      return isCertificateProblem(originalCode)
        ? { kind: 'misconfigured', code: 'smtp_tls' }
        : null;
  }
}

/** A server without STARTTLS answers (or is given) a 5xx; a line that dropped says nothing. */
function tls(originalCode: string, responseCode: number | undefined): Refusal {
  const settled = (responseCode ?? 0) >= 500 || isCertificateProblem(originalCode);
  return { kind: settled ? 'misconfigured' : 'transient', code: 'smtp_tls' };
}

function noReply({ code, command }: SmtpFailure, bodySent: boolean): Refusal {
  const timedOut = code === 'EABORT' || code === 'ETIMEDOUT';
  if (bodySent) return { kind: 'unknown', code: timedOut ? 'timeout' : 'connection_lost' };
  // Refused by nodemailer before a word was said: too large for the server, or not a mail.
  if ((code === 'EMESSAGE' || code === 'EENVELOPE') && command !== 'CONN') {
    return { kind: 'permanent_message', code: 'refused_content' };
  }
  return { kind: 'transient', code: timedOut ? 'timeout' : 'unreachable' };
}

interface StatusRule extends Omit<Refusal, 'code'> {
  /** Matched against the enhanced status, such as `5.2.2`. */
  status: RegExp;
  /** Commands for which the rule holds; all of them unless said. */
  commands?: readonly string[];
}

/** Where the enhanced status says more than the class of the reply. First hit counts. */
const statusRules: readonly StatusRule[] = [
  // Gmail's quota of the sender for the day, with a 5xx code.
  { status: /^5\.4\.5$/, kind: 'rate_limited', retryAfterMs: dayMs },
  { status: /^4\.7\.28$/, kind: 'rate_limited', retryAfterMs: 15 * minuteMs },
  // The mailbox gets too much, from whomever.
  { status: /^4\.2\.1$/, kind: 'rate_limited', retryAfterMs: 5 * minuteMs, ofRecipient: true },
  // Greylisting, or a sender policy that DNS will show later.
  { status: /^4\.7\./, kind: 'transient', retryAfterMs: 5 * minuteMs },
  // A full mailbox is emptied some day; the permanent code only says that the server won't wait.
  { status: /^[45]\.2\.2$/, kind: 'transient', retryAfterMs: 30 * minuteMs },
  { status: /^5\.1\.[78]$/, kind: 'misconfigured' },
  { status: /^5\.(?:1|4)\./, kind: 'permanent_recipient' },
  { status: /^5\.2\.3$/, kind: 'permanent_message' },
  { status: /^5\.2\./, kind: 'permanent_recipient' },
  { status: /^5\.3\.4$/, kind: 'permanent_message' },
  { status: /^5\.6\.7$/, kind: 'permanent_recipient' },
  { status: /^5\.6\./, kind: 'permanent_message' },
  // Refused for what the mail says; every other 5.7 is about who we are.
  { status: /^5\.7\.[17]$/, kind: 'permanent_message', commands: ['DATA'] },
  { status: /^5\.7\./, kind: 'misconfigured' },
];

function reply({ responseCode, response = '', command = '' }: SmtpFailure, bodySent: boolean) {
  if (!responseCode) return null;
  const code = `smtp_${responseCode}`;
  const status = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1];
  const rule = statusRules.find(
    ({ status: wanted, commands }) =>
      status !== undefined && wanted.test(status) && (!commands || commands.includes(command)),
  );
  if (rule) {
    const { kind, retryAfterMs, ofRecipient } = rule;
    return { kind, code, retryAfterMs, ofRecipient };
  }
  return { ...byReplyCode(responseCode, response, command, bodySent), code };
}

function byReplyCode(
  responseCode: number,
  response: string,
  command: string,
  bodySent: boolean,
): Omit<Refusal, 'code'> {
  if (responseCode >= 400 && responseCode < 500) {
    return /gr[ae]y\s?-?list/i.test(response)
      ? { kind: 'transient', retryAfterMs: 5 * minuteMs }
      : { kind: 'transient' };
  }
  // 503, bad sequence: the session was in the wrong state, not the mail.
  if (responseCode === 503) return { kind: 'transient' };
  if (responseCode < 500 || responseCode > 599) return { kind: bodySent ? 'unknown' : 'transient' };
  if (responseCode === 530 || responseCode === 535) return { kind: 'misconfigured' };
  // Exceeded storage (552) and its like are about size wherever they come.
  if (responseCode === 552 || responseCode === 554) return { kind: contentOrStage(command) };
  return { kind: byCommand(command) };
}

function contentOrStage(command: string): Refusal['kind'] {
  return command === 'MAIL FROM' ? 'permanent_message' : byCommand(command);
}

/** A 5xx without more words is about whatever the command named. */
function byCommand(command: string): Refusal['kind'] {
  if (command === 'RCPT TO') return 'permanent_recipient';
  if (command === 'DATA') return 'permanent_message';
  return 'misconfigured';
}
