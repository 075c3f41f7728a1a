import type { Channel } from '#domain/catalog/channels.js';
import type { AttemptOutcome } from '#domain/delivery/attempt-outcome.js';
import type { Fault } from '../world/faults.js';

export interface Expectation {
  fault: Pick<Fault, 'kind' | 'retryAfterSeconds' | 'delayMs'>;
  kind: AttemptOutcome['kind'];
  /** Absent on acceptance. */
  code?: string;
  retryAfterMs?: number;
  /** Messages that got through all the same. */
  arrives: number;
}

/** What each way of failing must be called, channel by channel. */
export const expectations: Record<Channel, Expectation[]> = {
  email: [
    {
      fault: { kind: 'refuse_recipient' },
      kind: 'permanent_recipient',
      code: 'smtp_550',
      arrives: 0,
    },
    { fault: { kind: 'refuse_message' }, kind: 'permanent_message', code: 'smtp_554', arrives: 0 },
    { fault: { kind: 'unavailable' }, kind: 'transient', code: 'smtp_451', arrives: 0 },
    {
      fault: { kind: 'rate_limit' },
      kind: 'rate_limited',
      code: 'smtp_450',
      retryAfterMs: 300_000,
      arrives: 0,
    },
    {
      fault: { kind: 'full' },
      kind: 'transient',
      code: 'smtp_452',
      retryAfterMs: 1_800_000,
      arrives: 0,
    },
    { fault: { kind: 'bad_credentials' }, kind: 'misconfigured', code: 'smtp_auth', arrives: 0 },
    { fault: { kind: 'garbage' }, kind: 'unknown', code: 'connection_lost', arrives: 0 },
    { fault: { kind: 'lose_answer' }, kind: 'unknown', code: 'connection_lost', arrives: 1 },
    { fault: { kind: 'slow', delayMs: 50 }, kind: 'accepted', arrives: 1 },
  ],
  whatsapp: [
    {
      fault: { kind: 'refuse_recipient' },
      kind: 'permanent_recipient',
      code: 'not_on_whatsapp',
      arrives: 0,
    },
    {
      fault: { kind: 'refuse_message' },
      kind: 'permanent_message',
      code: 'refused_content',
      arrives: 0,
    },
    { fault: { kind: 'unavailable' }, kind: 'transient', code: 'instance_down', arrives: 0 },
    { fault: { kind: 'rate_limit' }, kind: 'rate_limited', code: 'whatsapp_rate', arrives: 0 },
    {
      fault: { kind: 'rate_limit', retryAfterSeconds: 7 },
      kind: 'rate_limited',
      code: 'evolution_429',
      retryAfterMs: 7000,
      arrives: 0,
    },
    { fault: { kind: 'full' }, kind: 'unknown', code: 'not_recorded', arrives: 1 },
    {
      fault: { kind: 'bad_credentials' },
      kind: 'misconfigured',
      code: 'evolution_key',
      arrives: 0,
    },
    { fault: { kind: 'garbage' }, kind: 'unknown', code: 'unreadable_answer', arrives: 0 },
    { fault: { kind: 'lose_answer' }, kind: 'unknown', code: 'connection_lost', arrives: 1 },
    { fault: { kind: 'slow', delayMs: 50 }, kind: 'accepted', arrives: 1 },
  ],
  push: [
    {
      fault: { kind: 'refuse_recipient' },
      kind: 'permanent_recipient',
      code: 'subscription_gone',
      arrives: 0,
    },
    { fault: { kind: 'refuse_message' }, kind: 'permanent_message', code: 'too_large', arrives: 0 },
    { fault: { kind: 'unavailable' }, kind: 'transient', code: 'push_503', arrives: 0 },
    {
      fault: { kind: 'rate_limit', retryAfterSeconds: 7 },
      kind: 'rate_limited',
      code: 'push_throttled',
      retryAfterMs: 7000,
      arrives: 0,
    },
    {
      fault: { kind: 'full' },
      kind: 'transient',
      code: 'push_503',
      retryAfterMs: 120_000,
      arrives: 0,
    },
    {
      fault: { kind: 'bad_credentials' },
      kind: 'misconfigured',
      code: 'vapid_refused',
      arrives: 0,
    },
    { fault: { kind: 'garbage' }, kind: 'unknown', code: 'connection_lost', arrives: 0 },
    { fault: { kind: 'lose_answer' }, kind: 'unknown', code: 'connection_lost', arrives: 1 },
    { fault: { kind: 'slow', delayMs: 50 }, kind: 'accepted', arrives: 1 },
  ],
};
