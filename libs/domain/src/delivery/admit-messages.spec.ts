import { describe, expect, test } from '@jest/globals';
import { admitMessages, type Candidate, type Gates } from './admit-messages.js';
import { closedBreaker } from './breaker.js';
import { emptyLine, unpaced } from './pace.js';
import { block, freshAccount, type ProviderAccount } from './provider-account.js';

const nowMs = 1_000_000;
const one: Candidate = {
  id: 'm1',
  account: 'whatsapp:house',
  pair: null,
  slotAtMs: null,
  validUntilMs: null,
  hasNextRung: false,
};
const two: Candidate = { ...one, id: 'm2' };
const gatesWith = (account: Partial<ProviderAccount>): Gates => ({
  accounts: new Map([['whatsapp:house', { ...freshAccount, ...account }]]),
  pairs: new Map(),
});
const open = {
  ...closedBreaker,
  state: 'open' as const,
  sinceMs: nowMs - 1000,
  probeAtMs: nowMs + 9,
};
const go = { kind: 'go', probe: false };
const admit = (candidates: Candidate[], gates: Gates, pace = unpaced) => [
  ...admitMessages(candidates, gates, pace, nowMs).values(),
];

describe('messages in front of an account', () => {
  test('go where nothing is known against it', () => {
    expect(admit([one, two], { accounts: new Map(), pairs: new Map() })).toEqual([go, go]);
  });

  test('wait while it fails, and are looked at again after a quarter of an hour', () => {
    expect(admit([one], gatesWith({ breaker: open }))).toEqual([
      { kind: 'hold', untilMs: nowMs + 900_000, slotMs: null, because: 'provider_down' },
    ]);
  });

  test('find out whether it is back, one of them, when a probe is due', () => {
    const gates = gatesWith({ breaker: { ...open, probeAtMs: nowMs } });
    expect(admit([one, two], gates)).toMatchObject([
      { kind: 'go', probe: true },
      { kind: 'hold', because: 'provider_down' },
    ]);
    expect(gates.accounts.get('whatsapp:house')?.breaker.probeAtMs).toBe(nowMs + 30_000);
  });

  test('move on where the account is wrong and another channel is there', () => {
    const lastFailure = { code: 'evolution_key', detail: 'unauthorised' };
    const gates = gatesWith({ breaker: { ...open, misconfigured: true, lastFailure } });
    expect(admit([{ ...one, hasNextRung: true }, two], gates)).toMatchObject([
      { kind: 'instead', outcome: { kind: 'misconfigured', code: 'evolution_key' } },
      { kind: 'hold', because: 'provider_misconfigured' },
    ]);
  });

  test('wait as long as the provider asked, and begin slowly after that', () => {
    const asked = block(freshAccount, 90_000, nowMs);
    expect(admit([one], gatesWith(asked))).toEqual([
      { kind: 'hold', untilMs: nowMs + 90_000, slotMs: null, because: 'provider_asked' },
    ]);
    expect(asked.line.rampFromMs).toBe(nowMs + 90_000);
    expect(block(asked, 1000, nowMs)).toBe(asked);
  });

  test('are held no longer than they are of use', () => {
    expect(
      admit([{ ...one, validUntilMs: nowMs + 5 }], gatesWith({ breaker: open })),
    ).toMatchObject([{ kind: 'hold', untilMs: nowMs + 5 }]);
  });
});

describe('messages in a line', () => {
  const pace = { ...unpaced, perMinute: 6 };

  test('get their turns in order, and go when these have come', () => {
    const gates = gatesWith({});
    expect(admit([one, two], gates, pace)).toEqual([
      go,
      { kind: 'hold', untilMs: nowMs + 10_000, slotMs: nowMs + 10_000, because: 'pace' },
    ]);
    expect(admit([{ ...two, slotAtMs: nowMs }], gates, pace)).toEqual([go]);
  });

  test('get another turn when they missed theirs by more than a few seconds', () => {
    const gates = gatesWith({ line: { ...emptyLine, nextAtMs: nowMs + 60_000 } });
    expect(admit([{ ...one, slotAtMs: nowMs - 10_000 }], gates, pace)).toEqual([go]);
    expect(admit([{ ...one, slotAtMs: nowMs - 10_001 }], gates, pace)).toMatchObject([
      { kind: 'hold', slotMs: nowMs + 60_000 },
    ]);
  });

  test('take none that would come too late: they move on, or expire on time', () => {
    const line = { ...emptyLine, nextAtMs: nowMs + 60_000 };
    const gates = gatesWith({ line });
    const short = { ...one, validUntilMs: nowMs + 30_000 };
    expect(admit([short, { ...short, id: 'm2', hasNextRung: true }], gates, pace)).toMatchObject([
      { kind: 'hold', untilMs: nowMs + 30_000, slotMs: null },
      { kind: 'instead', outcome: { kind: 'rate_limited', code: 'no_turn_in_time' } },
    ]);
    expect(gates.accounts.get('whatsapp:house')?.line).toBe(line);
  });
});

describe('messages to one person', () => {
  const pace = { ...unpaced, pairIntervalMs: 6000 };
  const to = (pair: string, id: string): Candidate => ({ ...one, id, pair });

  test('go one at a time, the others behind each other, and nobody else waits', () => {
    const gates = gatesWith({});
    const admissions = admit(
      [to('ana', 'a1'), to('ana', 'a2'), to('leo', 'l1'), to('ana', 'a3')],
      gates,
      pace,
    );
    expect(admissions).toMatchObject([
      go,
      { kind: 'hold', because: 'one_per_person', slotMs: null },
      go,
      { kind: 'hold', because: 'one_per_person' },
    ]);
    const [, second, , third] = admissions.map((one) => (one.kind === 'hold' ? one.untilMs : 0));
    expect(second).toBeGreaterThanOrEqual(nowMs + 6000);
    expect((third ?? 0) - (second ?? 0)).toBe(6000);
  });

  test('are no probe of an account that failed while it is too soon; somebody else’s is', () => {
    const gates = gatesWith({ breaker: { ...open, probeAtMs: nowMs } });
    gates.pairs.set('ana', nowMs + 1);
    expect(admit([to('ana', 'a1'), to('leo', 'l1')], gates, pace)).toMatchObject([
      { kind: 'hold', because: 'one_per_person' },
      { kind: 'go', probe: true },
    ]);
  });

  test('go again when the time is over', () => {
    const gates = gatesWith({});
    gates.pairs.set('ana', nowMs);
    expect(admit([to('ana', 'a1')], gates, pace)).toEqual([go]);
    gates.pairs.set('ana', nowMs + 1);
    expect(admit([to('ana', 'a1')], gates, pace)).toMatchObject([{ kind: 'hold' }]);
  });
});
