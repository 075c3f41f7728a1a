import { describe, expect, test } from '@jest/globals';
import { classifySmtp, type SmtpFailure } from './classify-smtp.js';

function rcpt(response: string): SmtpFailure {
  return {
    code: 'EENVELOPE',
    command: 'RCPT TO',
    response,
    responseCode: Number(response.slice(0, 3)),
  };
}
function data(response: string): SmtpFailure {
  return {
    code: 'EMESSAGE',
    command: 'DATA',
    response,
    responseCode: Number(response.slice(0, 3)),
  };
}
function mailFrom(response: string): SmtpFailure {
  return {
    code: 'EENVELOPE',
    command: 'MAIL FROM',
    response,
    responseCode: Number(response.slice(0, 3)),
  };
}

describe('every answer of a mail server has one meaning', () => {
  test.each<[SmtpFailure, { kind: string; retryAfterMs?: number }]>([
    [{ code: 'EAUTH', responseCode: 535, response: '535 5.7.8 no' }, { kind: 'misconfigured' }],
    [{ code: 'EAUTH', responseCode: 454, response: '454 4.7.0 later' }, { kind: 'transient' }],
    [{ code: 'EAUTH' }, { kind: 'misconfigured' }],
    [{ code: 'ENOAUTH' }, { kind: 'misconfigured' }],
    [{ code: 'EOAUTH2' }, { kind: 'misconfigured' }],
    [{ code: 'ETLS', responseCode: 500 }, { kind: 'misconfigured' }],
    [{ code: 'ETLS' }, { kind: 'transient' }],
    [{ code: 'ESOCKET', originalCode: 'DEPTH_ZERO_SELF_SIGNED_CERT' }, { kind: 'misconfigured' }],
    [{ code: 'ESOCKET', originalCode: 'ERR_SSL_WRONG_VERSION_NUMBER' }, { kind: 'misconfigured' }],
    [{ code: 'ESOCKET', originalCode: 'ECONNREFUSED' }, { kind: 'transient' }],
    [{ code: 'EDNS', originalCode: 'ENOTFOUND' }, { kind: 'misconfigured' }],
    [{ code: 'EDNS', originalCode: 'EAI_AGAIN' }, { kind: 'transient' }],
    [{ code: 'ETIMEDOUT' }, { kind: 'transient' }],
    [{ code: 'ECONNECTION' }, { kind: 'transient' }],
    [{ code: 'EABORT' }, { kind: 'transient' }],
    [{ code: 'EENVELOPE', command: 'API' }, { kind: 'permanent_message' }],
    [{ code: 'EMESSAGE', command: 'MAIL FROM' }, { kind: 'permanent_message' }],
    [rcpt('550 5.1.1 unknown'), { kind: 'permanent_recipient' }],
    [rcpt('550 no such user'), { kind: 'permanent_recipient' }],
    [rcpt('550 5.4.1 Recipient address rejected'), { kind: 'permanent_recipient' }],
    [rcpt('550 5.2.1 disabled'), { kind: 'permanent_recipient' }],
    [rcpt('552 5.2.2 full'), { kind: 'transient', retryAfterMs: 1_800_000 }],
    [rcpt('452 4.2.2 full'), { kind: 'transient', retryAfterMs: 1_800_000 }],
    [rcpt('450 4.2.1 too fast'), { kind: 'rate_limited', retryAfterMs: 300_000 }],
    [rcpt('450 4.7.1 Greylisted'), { kind: 'transient', retryAfterMs: 300_000 }],
    [rcpt('451 greylisting in action'), { kind: 'transient', retryAfterMs: 300_000 }],
    [rcpt('451 4.3.0 local error'), { kind: 'transient' }],
    [rcpt('452 too many recipients'), { kind: 'transient' }],
    [rcpt('530 5.7.0 Authentication required'), { kind: 'misconfigured' }],
    [rcpt('554 5.7.1 Relay access denied'), { kind: 'misconfigured' }],
    [rcpt('503 bad sequence'), { kind: 'transient' }],
    [mailFrom('550 5.1.8 sender refused'), { kind: 'misconfigured' }],
    [mailFrom('553 sender not allowed'), { kind: 'misconfigured' }],
    [mailFrom('552 message too large'), { kind: 'permanent_message' }],
    [
      data('550 5.4.5 Daily user sending quota exceeded'),
      { kind: 'rate_limited', retryAfterMs: 86_400_000 },
    ],
    [data('550 5.7.26 unauthenticated'), { kind: 'misconfigured' }],
    [data('550 5.7.515 Access denied'), { kind: 'misconfigured' }],
    [data('554 5.7.1 looks like spam'), { kind: 'permanent_message' }],
    [data('554 5.6.0 bad content'), { kind: 'permanent_message' }],
    [data('552 5.3.4 too big'), { kind: 'permanent_message' }],
    [data('554 transaction failed'), { kind: 'permanent_message' }],
    [data('421 4.7.28 rate'), { kind: 'rate_limited', retryAfterMs: 900_000 }],
    [data('421 closing'), { kind: 'transient' }],
    [
      { code: 'EPROTOCOL', command: 'CONN', responseCode: 554, response: '554 go away' },
      { kind: 'misconfigured' },
    ],
    [{ code: 'EPROTOCOL', command: 'CONN' }, { kind: 'transient' }],
    [{}, { kind: 'transient' }],
  ])('%j is %j', (failure, expected) => {
    expect(classifySmtp(failure, false)).toMatchObject(expected);
  });
});

describe('after the final dot only an answer removes the doubt', () => {
  test.each<[SmtpFailure, string]>([
    [{ code: 'ETIMEDOUT' }, 'unknown'],
    [{ code: 'ECONNECTION' }, 'unknown'],
    [{ code: 'ESOCKET', originalCode: 'ECONNRESET' }, 'unknown'],
    [{ code: 'EABORT' }, 'unknown'],
    [data('999 what?'), 'unknown'],
    [{}, 'unknown'],
    [data('451 4.3.0 later'), 'transient'],
    [data('421 4.3.2 shutting down'), 'transient'],
    [data('554 5.6.0 no'), 'permanent_message'],
  ])('%j is %s', (failure, kind) => {
    expect(classifySmtp(failure, true).kind).toBe(kind);
  });
});
