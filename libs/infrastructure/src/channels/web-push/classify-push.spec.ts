import { describe, expect, test } from '@jest/globals';
import type { ProviderAnswer } from '../call-provider.js';
import { classifyPush } from './classify-push.js';

type Row = [
  status: number,
  text: string,
  headers: Record<string, string>,
  expected: Record<string, unknown>,
];

describe('every answer of a push service has one meaning', () => {
  test.each<Row>([
    [
      201,
      '',
      { location: 'https://p.example/m/abc' },
      { kind: 'accepted', providerMessageId: 'abc' },
    ],
    [201, '', { 'apns-id': 'A1' }, { kind: 'accepted', providerMessageId: 'A1' }],
    [200, 'ok', {}, { kind: 'accepted', providerMessageId: null }],
    [202, '', {}, { kind: 'accepted' }],
    [204, '', {}, { kind: 'accepted' }],
    [201, '', { 'x-wns-status': 'received' }, { kind: 'accepted' }],
    [201, '', { 'x-wns-status': 'dropped' }, { kind: 'rate_limited', code: 'push_dropped' }],
    [404, '', {}, { kind: 'permanent_recipient', code: 'subscription_gone' }],
    [410, '{"errno":106}', {}, { kind: 'permanent_recipient', code: 'subscription_gone' }],
    [
      403,
      '{"reason":"VapidPkHashMismatch"}',
      {},
      { kind: 'permanent_recipient', code: 'subscription_key_mismatch' },
    ],
    [403, 'the key in the authorization header does not correspond', {}, { kind: 'misconfigured' }],
    [
      403,
      'the VAPID credentials in the authorization header do not correspond to the credentials used to create the subscriptions',
      {},
      { kind: 'permanent_recipient' },
    ],
    [400, '<HTML>UnauthorizedRegistration</HTML>', {}, { kind: 'permanent_recipient' }],
    [401, '{"code":401,"errno":109}', {}, { kind: 'permanent_recipient' }],
    [401, '', {}, { kind: 'misconfigured', code: 'vapid_refused' }],
    [403, '{"reason":"BadJwtToken"}', {}, { kind: 'misconfigured', code: 'vapid_refused' }],
    [400, '{"reason":"BadWebPushTopic"}', {}, { kind: 'permanent_message', code: 'push_400' }],
    [413, '', {}, { kind: 'permanent_message', code: 'too_large' }],
    [
      307,
      '',
      { location: 'https://169.254.169.254/' },
      { kind: 'permanent_message', code: 'push_not_served' },
    ],
    [405, '', {}, { kind: 'permanent_message' }],
    [429, '', { 'retry-after': '30' }, { kind: 'rate_limited', retryAfterMs: 30_000 }],
    [406, '', { 'x-wns-continue-after': '9' }, { kind: 'rate_limited', retryAfterMs: 9000 }],
    [500, '', {}, { kind: 'transient', code: 'push_500' }],
    [503, '{"errno":201}', { 'retry-after': '120' }, { kind: 'transient', retryAfterMs: 120_000 }],
    [418, '', {}, { kind: 'permanent_message', code: 'push_418' }],
  ])('%i %s', (status, text, headers, expected) => {
    const answer: ProviderAnswer = { kind: 'answered', status, text, headers, elapsedMs: 5 };
    expect(classifyPush(answer, [])).toMatchObject(expected);
  });

  test.each([
    [{ kind: 'not_sent', code: 'ECONNREFUSED', detail: 'x' }, { kind: 'transient' }],
    [{ kind: 'not_sent', code: 'CERT_HAS_EXPIRED', detail: 'x' }, { kind: 'misconfigured' }],
    [
      { kind: 'not_sent', code: 'ADDRESS_NOT_GLOBAL', detail: 'x' },
      { kind: 'permanent_recipient' },
    ],
    [
      { kind: 'no_answer', code: 'timeout', detail: 'x' },
      { kind: 'unknown', code: 'timeout' },
    ],
    [{ kind: 'no_answer', code: 'ECONNRESET', detail: 'x' }, { kind: 'unknown' }],
  ] as const)('%j', (answer, expected) => {
    expect(classifyPush(answer, [])).toMatchObject(expected);
  });
});
