import type { AttemptOutcome, OutcomeKind } from '#domain/delivery/attempt-outcome.js';
import { isCertificateProblem, type ProviderAnswer } from '../call-provider.js';
import { describeAnswer } from '../describe-answer.js';
import { retryAfterMs } from '../retry-after.js';
import { type GraphClass, graphClassOf } from './graph-codes.js';
import { type EvolutionBody, readEvolutionBody } from './read-evolution-body.js';

type Answered = Extract<ProviderAnswer, { kind: 'answered' }>;
type Refusal = { kind: Exclude<OutcomeKind, 'accepted'>; code: string; retryAfterMs?: number };

/**
 * The server says that its line to WhatsApp is down, before anything was sent. When to try again
 * is for the channel's policy: the server does not say, and another channel may serve meanwhile.
 */
const instanceDown = { kind: 'transient', code: 'instance_down' } as const;

interface SentenceRule extends Refusal {
  statuses: readonly number[];
  says: RegExp;
}

/**
 * Sentences that tell more than the status. Only their stable parts are matched: texts of
 * JavaScript errors change with the version. First hit counts. Observed on 2.3.6 and 2.3.7.
 */
const sentences: readonly SentenceRule[] = [
  {
    statuses: [400],
    says: /requires property "textMessage"/,
    kind: 'misconfigured',
    code: 'evolution_v1_server',
  },
  {
    statuses: [400],
    says: /requires property|is not of a type|Invalid format|Enter a value/,
    kind: 'permanent_message',
    code: 'refused_content',
  },
  {
    statuses: [400],
    says: /Text is required|Owned media must|For base64|Method not available/,
    kind: 'permanent_message',
    code: 'refused_content',
  },
  { statuses: [400, 500], says: /rate-overlimit/, kind: 'rate_limited', code: 'whatsapp_rate' },
  // Said by the number check, before the send; the same words after "Error:" come from the send.
  {
    statuses: [500],
    says: /^(?:Connection Closed|Timed Out)|reading 'onWhatsApp'/,
    ...instanceDown,
  },
  {
    statuses: [400],
    says: /Error: (?:Connection Closed|Timed Out)/,
    kind: 'unknown',
    code: 'lost_line',
  },
  { statuses: [400], says: /reading '(?:message|0)'/, kind: 'unknown', code: 'graph_silent' },
  // The database failed after the message had left.
  { statuses: [400, 500], says: /prisma/i, kind: 'unknown', code: 'not_recorded' },
];

const statuses: Readonly<Record<number, Refusal>> = {
  401: { kind: 'misconfigured', code: 'evolution_key' },
  403: { kind: 'misconfigured', code: 'evolution_key' },
  // "The instance does not exist" or "Cannot POST": a wrong name, or a wrong URL.
  404: { kind: 'misconfigured', code: 'evolution_instance' },
  405: { kind: 'misconfigured', code: 'evolution_url' },
  413: { kind: 'permanent_message', code: 'too_large' },
  429: { kind: 'rate_limited', code: 'evolution_429' },
  // From a proxy in front, which cannot know whether the server behind it had sent.
  502: { kind: 'unknown', code: 'evolution_502' },
  504: { kind: 'unknown', code: 'evolution_504' },
};

/** A failure of the server that comes later than this may have come after the send. */
const quickMs = 1000;

/**
 * What a call to `message/sendText` came to. A 2xx alone is no success, and a bare 400 is no
 * permanent refusal.
 *
 * @param secrets strings that must not stand in the outcome's detail
 */
export function classifyEvolution(
  answer: ProviderAnswer,
  secrets: readonly string[],
): AttemptOutcome {
  if (answer.kind === 'not_sent') {
    const kind = isCertificateProblem(answer.code) ? 'misconfigured' : 'transient';
    return { kind, code: 'unreachable', detail: describeAnswer(answer.detail, secrets) };
  }
  if (answer.kind === 'no_answer') {
    const code = answer.code === 'timeout' ? 'timeout' : 'connection_lost';
    return { kind: 'unknown', code, detail: describeAnswer(answer.detail, secrets) };
  }
  const body = readEvolutionBody(answer.text);
  const succeeded = answer.status >= 200 && answer.status < 300;
  if (succeeded && body.key && body.graphCode === null) {
    return { kind: 'accepted', providerMessageId: body.key.id, detail: body.status ?? '' };
  }
  const refusal = succeeded ? refusalInSuccess(body) : refusalOf(answer, body);
  const said = body.texts.join('; ') || `HTTP ${answer.status} without a readable answer`;
  return { ...refusal, detail: describeAnswer(said, secrets) };
}

/** Cloud mode hands Graph's refusal on with 201. */
function refusalInSuccess(body: EvolutionBody): Refusal {
  if (body.graphCode === null) return { kind: 'unknown', code: 'unreadable_answer' };
  // Graph refused in so many words: nothing was sent, and nothing says that a repeat would help.
  const known: GraphClass = graphClassOf(body.graphCode) ?? { kind: 'permanent_message' };
  return { ...known, code: `graph_${body.graphCode}` };
}

function refusalOf(answer: Answered, body: EvolutionBody): Refusal {
  const { status } = answer;
  if (body.notOnWhatsapp) return { kind: 'permanent_recipient', code: 'not_on_whatsapp' };
  if (body.code === 'LICENSE_REQUIRED') return { kind: 'misconfigured', code: 'evolution_licence' };
  const rule = sentences.find(
    ({ statuses: of, says }) => of.includes(status) && body.texts.some((text) => says.test(text)),
  );
  if (rule) {
    const { kind, code, retryAfterMs: waitMs } = rule;
    return { kind, code, retryAfterMs: waitMs };
  }
  const known = statuses[status];
  if (known) return { ...known, retryAfterMs: retryAfterMs(answer.headers['retry-after']) };
  return otherRefusal(answer);
}

function otherRefusal({ status, headers, elapsedMs }: Answered): Refusal {
  const code = `evolution_${status}`;
  if (status >= 500 && elapsedMs <= quickMs) {
    return { kind: 'transient', code, retryAfterMs: retryAfterMs(headers['retry-after']) };
  }
  if (status >= 300 && status < 400) return { kind: 'misconfigured', code: 'evolution_url' };
  return { kind: 'unknown', code };
}
