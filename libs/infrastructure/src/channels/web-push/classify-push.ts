import type { AttemptOutcome, OutcomeKind } from '#domain/delivery/attempt-outcome.js';
import { isCertificateProblem, type ProviderAnswer } from '../call-provider.js';
import { describeAnswer } from '../describe-answer.js';
import { retryAfterMs } from '../retry-after.js';

type Answered = Extract<ProviderAnswer, { kind: 'answered' }>;
type Refusal = { kind: Exclude<OutcomeKind, 'accepted'>; code: string };

interface Rule extends Refusal {
  statuses: readonly number[];
  /** Words of the body that the rule needs; without them the status decides. */
  says?: RegExp;
}

/**
 * Answers of the push services (RFC 8030; Apple's `reason`, autopush's `errno`, FCM's texts,
 * Microsoft's 406). First hit counts.
 */
const rules: readonly Rule[] = [
  { statuses: [404, 410], kind: 'permanent_recipient', code: 'subscription_gone' },
  // Made with another VAPID key than ours: this subscription is of no use, the others are.
  {
    statuses: [400, 401, 403],
    says: /VapidPkHashMismatch|MismatchSenderId|do not correspond|UnauthorizedRegistration/i,
    kind: 'permanent_recipient',
    code: 'subscription_key_mismatch',
  },
  {
    statuses: [401],
    says: /"errno"\s*:\s*109\b/,
    kind: 'permanent_recipient',
    code: 'subscription_key_mismatch',
  },
  { statuses: [401, 403], kind: 'misconfigured', code: 'vapid_refused' },
  {
    statuses: [400],
    says: /BadJwtToken|BadAuthorizationHeader|BadVapidPublicKey/,
    kind: 'misconfigured',
    code: 'vapid_refused',
  },
  { statuses: [400], kind: 'permanent_message', code: 'push_400' },
  { statuses: [413], kind: 'permanent_message', code: 'too_large' },
  { statuses: [406, 429], kind: 'rate_limited', code: 'push_throttled' },
  {
    statuses: [405, 300, 301, 302, 303, 307, 308],
    kind: 'permanent_message',
    code: 'push_not_served',
  },
];

/**
 * What a push service's answer means.
 *
 * @param secrets strings that must not stand in the outcome's detail; the endpoint is one
 */
export function classifyPush(answer: ProviderAnswer, secrets: readonly string[]): AttemptOutcome {
  if (answer.kind === 'not_sent') return unreachable(answer, secrets);
  if (answer.kind === 'no_answer') {
    const code = answer.code === 'timeout' ? 'timeout' : 'connection_lost';
    return { kind: 'unknown', code, detail: describeAnswer(answer.detail, secrets) };
  }
  if (answer.status >= 200 && answer.status < 300) return accepted(answer, secrets);
  const detail = describeAnswer(`HTTP ${answer.status} ${answer.text}`, secrets);
  const rule = rules.find(
    ({ statuses, says }) => statuses.includes(answer.status) && (!says || says.test(answer.text)),
  );
  const { kind, code } = rule ?? {
    kind: answer.status >= 500 ? 'transient' : 'permanent_message',
    code: `push_${answer.status}`,
  };
  if (kind !== 'transient' && kind !== 'rate_limited') return { kind, code, detail };
  const { headers } = answer;
  const waitMs = retryAfterMs(headers['retry-after'] ?? headers['x-wns-continue-after']);
  // Push services count by subscription: the next device may be told at once.
  return kind === 'rate_limited'
    ? { kind, code, detail, retryAfterMs: waitMs, ofRecipient: true }
    : { kind, code, detail, retryAfterMs: waitMs };
}

function accepted({ status, headers }: Answered, secrets: readonly string[]): AttemptOutcome {
  // Microsoft's front end says 201 and drops what it will not store.
  const wns = headers['x-wns-status'];
  if (wns === 'dropped' || wns === 'channelthrottled') {
    const code = wns === 'dropped' ? 'push_dropped' : 'push_throttled';
    return { kind: 'rate_limited', code, detail: `X-WNS-Status: ${wns}`, ofRecipient: true };
  }
  const location = headers.location;
  const id = headers['apns-id'] ?? headers['x-wns-msg-id'] ?? location;
  const named = typeof id === 'string' ? id : null;
  return {
    kind: 'accepted',
    // The message resource is a capability like the endpoint, but names the message alone.
    providerMessageId: named === location && named ? lastSegment(named) : named,
    detail: describeAnswer(`HTTP ${status}`, secrets),
  };
}

function lastSegment(location: string): string {
  return location.slice(location.lastIndexOf('/') + 1).slice(0, 255);
}

function unreachable(
  { code, detail }: Extract<ProviderAnswer, { kind: 'not_sent' }>,
  secrets: readonly string[],
): AttemptOutcome {
  if (code === 'ADDRESS_NOT_GLOBAL') {
    return {
      kind: 'permanent_recipient',
      code: 'endpoint_refused',
      detail: 'not a public address',
    };
  }
  const kind = isCertificateProblem(code) ? 'misconfigured' : 'transient';
  return { kind, code: 'unreachable', detail: describeAnswer(detail, secrets) };
}
