import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { ProviderAnswer } from '../call-provider.js';
import { classifyEvolution } from './classify-evolution.js';
import { graphClassOf } from './graph-codes.js';

function answered(status: number, body: unknown, elapsedMs = 5): ProviderAnswer {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { kind: 'answered', status, headers: {}, text, elapsedMs };
}

function says(status: number, message: unknown) {
  return answered(status, { status, error: 'Bad Request', response: { message } });
}

const key = { id: '3EB0C14A', remoteJid: '593991234567@s.whatsapp.net', fromMe: true };

describe('only an answer with a key is a success', () => {
  test.each([
    [
      answered(201, { key, status: 'PENDING' }),
      { kind: 'accepted', providerMessageId: '3EB0C14A', detail: 'PENDING' },
    ],
    [answered(200, { key }), { kind: 'accepted' }],
    [answered(201, { key: { ...key, id: '' } }), { kind: 'unknown', code: 'unreadable_answer' }],
    [answered(201, { key: { ...key, id: 7 } }), { kind: 'unknown', code: 'unreadable_answer' }],
    [answered(201, { key: { ...key, remoteJid: '@s.whatsapp.net' } }), { kind: 'unknown' }],
    [answered(201, {}), { kind: 'unknown' }],
    [answered(201, 'null'), { kind: 'unknown' }],
    [answered(201, ''), { kind: 'unknown' }],
    [answered(201, '<html>It works</html>'), { kind: 'unknown', code: 'unreadable_answer' }],
    [
      answered(201, { message: '(#131030)', type: 'OAuthException', code: 131030 }),
      { kind: 'permanent_recipient', code: 'graph_131030' },
    ],
    [answered(201, { code: 190, message: 'token' }), { kind: 'misconfigured', code: 'graph_190' }],
    [answered(201, { code: 131056 }), { kind: 'rate_limited', retryAfterMs: 6000 }],
    [answered(201, { code: 131016 }), { kind: 'transient' }],
    [answered(201, { code: 987654 }), { kind: 'permanent_message', code: 'graph_987654' }],
  ])('%j', (answer, expected) => {
    expect(classifyEvolution(answer, [])).toMatchObject(expected);
  });
});

describe('every refusal has one meaning', () => {
  test.each([
    [
      says(400, [{ jid: 'x', exists: false, number: '593991234567' }]),
      { kind: 'permanent_recipient', code: 'not_on_whatsapp' },
    ],
    [says(400, [['instance requires property "text"']]), { kind: 'permanent_message' }],
    [
      says(400, [['instance requires property "textMessage"']]),
      { kind: 'misconfigured', code: 'evolution_v1_server' },
    ],
    [says(400, ['Text is required']), { kind: 'permanent_message' }],
    [says(400, ['Error: Connection Closed']), { kind: 'unknown', code: 'lost_line' }],
    [says(400, ['Error: Timed Out']), { kind: 'unknown', code: 'lost_line' }],
    [says(500, 'Connection Closed'), { kind: 'transient', code: 'instance_down' }],
    [says(500, 'Timed Out'), { kind: 'transient', code: 'instance_down' }],
    [
      says(500, "Cannot read properties of undefined (reading 'onWhatsApp')"),
      { kind: 'transient', code: 'instance_down' },
    ],
    [says(500, 'rate-overlimit'), { kind: 'rate_limited', code: 'whatsapp_rate' }],
    [
      says(400, ["TypeError: Cannot read properties of undefined (reading 'message')"]),
      { kind: 'unknown', code: 'graph_silent' },
    ],
    [
      says(400, ["TypeError: Cannot read properties of undefined (reading '0')"]),
      { kind: 'unknown', code: 'graph_silent' },
    ],
    [says(400, ['PrismaClientKnownRequestError: …']), { kind: 'unknown', code: 'not_recorded' }],
    [says(400, ['something nobody has seen']), { kind: 'unknown', code: 'evolution_400' }],
    [answered(400, {}), { kind: 'unknown', code: 'evolution_400' }],
    [says(401, 'Unauthorized'), { kind: 'misconfigured', code: 'evolution_key' }],
    [says(403, ['This name is already in use']), { kind: 'misconfigured' }],
    [
      says(404, ['The "x" instance does not exist']),
      { kind: 'misconfigured', code: 'evolution_instance' },
    ],
    [says(413, 'request entity too large'), { kind: 'permanent_message', code: 'too_large' }],
    [answered(429, ''), { kind: 'rate_limited', code: 'evolution_429' }],
    [answered(302, ''), { kind: 'misconfigured', code: 'evolution_url' }],
    [answered(502, '<html>Bad Gateway</html>'), { kind: 'unknown', code: 'evolution_502' }],
    [answered(504, ''), { kind: 'unknown', code: 'evolution_504' }],
    [
      answered(503, { error: 'service not activated', code: 'LICENSE_REQUIRED' }),
      { kind: 'misconfigured', code: 'evolution_licence' },
    ],
    [answered(503, ''), { kind: 'transient', code: 'evolution_503' }],
    [answered(500, '', 900), { kind: 'transient', code: 'evolution_500' }],
    [answered(500, '', 1100), { kind: 'unknown', code: 'evolution_500' }],
    [
      { kind: 'not_sent', code: 'ECONNREFUSED', detail: '' },
      { kind: 'transient', code: 'unreachable' },
    ],
    [{ kind: 'not_sent', code: 'CERT_HAS_EXPIRED', detail: '' }, { kind: 'misconfigured' }],
    [
      { kind: 'no_answer', code: 'timeout', detail: '' },
      { kind: 'unknown', code: 'timeout' },
    ],
    [
      { kind: 'no_answer', code: 'UND_ERR_SOCKET', detail: '' },
      { kind: 'unknown', code: 'connection_lost' },
    ],
  ] as [ProviderAnswer, object][])('%j', (answer, expected) => {
    expect(classifyEvolution(answer, [])).toMatchObject(expected);
  });

  test('whatever comes back, there is an outcome with a code and a short detail without the key', () => {
    const apiKey = 'c0ffee-c0ffee';
    const bodies = fc.oneof(
      fc.string(),
      fc.json(),
      fc.json().map((text) => `${text}${apiKey}`),
    );
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 599 }), bodies, (status, body) => {
        const outcome = classifyEvolution(answered(status, body), [apiKey]);
        expect(outcome.detail.length).toBeLessThanOrEqual(300);
        expect(outcome.detail).not.toContain(apiKey);
        if (outcome.kind !== 'accepted') expect(outcome.code).toMatch(/^[a-z0-9_]+$/);
      }),
    );
  });
});

test.each([
  [0, 'misconfigured'],
  [4, 'rate_limited'],
  [100, 'permanent_message'],
  [190, 'misconfigured'],
  [250, 'misconfigured'],
  [131000, 'transient'],
  [131026, 'permanent_recipient'],
  [131047, 'permanent_message'],
  [131052, 'permanent_message'],
  [132007, 'permanent_message'],
  [133010, 'misconfigured'],
  [131099, undefined],
])('Graph’s code %i is %s', (code, kind) => {
  expect(graphClassOf(code)?.kind).toBe(kind);
});
