import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Channel, channels } from '../catalog/channels.js';
import type { ChannelPreference, Recipient } from '../customers/recipient.js';
import type { Cell } from '../orchestration/setup.js';
import { anyCells, anyChannel, anyRecipient } from '../testing/arbitraries.js';
import { aCell, aRecipient, aTemplate } from '../testing/builders.js';
import { type LeftOutReason, leftOutReasons } from './channel-decision.js';
import { type ChosenTemplate, decideChannels } from './decide-channels.js';

const allCells = channels.map((channel, index) => aCell({ channel, priority: index + 1 }));
const templateOf = (channel: Channel): ChosenTemplate => ({
  template: aTemplate({ channel }),
  source: 'global_type',
});
const said = (preference: Partial<ChannelPreference>): ChannelPreference => ({
  enabled: true,
  priority: null,
  consentWithdrawn: false,
  ...preference,
});

function order(recipient: Recipient, cells: readonly Cell[] = allCells): Channel[] {
  return decideChannels(recipient, cells, templateOf, false)
    .filter(({ verdict }) => verdict === 'planned')
    .map(({ channel }) => channel);
}

describe('a channel is left out with the first reason that holds', () => {
  const withdrawn = { whatsapp: said({ enabled: false, consentWithdrawn: true }) };
  const optedOut = { whatsapp: said({ enabled: false }) };
  const cells = (cell: Partial<Cell>) => [aCell({ channel: 'whatsapp', ...cell })];

  test.each<[LeftOutReason, Partial<Recipient>, Cell[], boolean]>([
    ['not_in_matrix', {}, [], true],
    ['cell_disabled', { preferences: withdrawn }, cells({ enabled: false }), true],
    ['consent_withdrawn', { preferences: withdrawn, addresses: [] }, cells({}), true],
    ['no_address', { addresses: [], preferences: optedOut }, cells({}), true],
    ['address_suppressed', { suppressed: ['whatsapp'], preferences: optedOut }, cells({}), true],
    ['opted_out', { preferences: optedOut }, cells({}), true],
    ['no_template', {}, cells({}), false],
  ])('%s', (reason, recipient, matrix, hasTemplate) => {
    const decision = decideChannels(
      aRecipient(recipient),
      matrix,
      (channel) => (hasTemplate ? templateOf(channel) : undefined),
      false,
    );
    const verdict = { channel: 'whatsapp', verdict: 'left_out', reason };
    expect(decision.find(({ channel }) => channel === 'whatsapp')).toEqual(verdict);
  });

  test('each in words that a service advisor understands, in both languages', () => {
    for (const { es, en } of Object.values(leftOutReasons)) {
      expect(es).toMatch(/^[A-ZÁÉÍÓÚ].*\.$/);
      expect(en).toMatch(/^[A-Z].*\.$/);
    }
  });
});

describe('the order of the tries', () => {
  test('is the matrix’s when the person said nothing', () => {
    const cells = [
      aCell({ channel: 'email', priority: 3 }),
      aCell({ channel: 'whatsapp', priority: 1 }),
      aCell({ channel: 'push', priority: 2 }),
    ];
    expect(order(aRecipient(), cells)).toEqual(['whatsapp', 'push', 'email']);
  });

  test('is the person’s own, and what it did not rank follows in the matrix’s order', () => {
    const preferences = { push: said({ priority: 2 }) };
    expect(order(aRecipient({ preferences }))).toEqual(['push', 'email', 'whatsapp']);
  });

  test('is that of the channel list where ranks are equal', () => {
    const cells = allCells.toReversed().map((cell) => ({ ...cell, priority: 1 }));
    expect(order(aRecipient(), cells)).toEqual(['email', 'whatsapp', 'push']);
  });

  test('tells whose order put each channel where it is', () => {
    const preferences = { push: said({ priority: 1 }) };
    const decision = decideChannels(aRecipient({ preferences }), allCells, templateOf, false);
    expect(decision).toMatchObject([
      { channel: 'push', position: 1, orderedBy: 'recipient' },
      { channel: 'email', position: 2, orderedBy: 'matrix' },
      { channel: 'whatsapp', position: 3, orderedBy: 'matrix' },
    ]);
  });
});

describe('a critical event', () => {
  const decide = (preference: ChannelPreference, critical: boolean) => {
    const recipient = aRecipient({ preferences: { email: preference } });
    const decision = decideChannels(recipient, allCells, templateOf, critical);
    return decision.find(({ channel }) => channel === 'email')?.verdict;
  };

  test('passes over an opt-out', () => {
    expect(decide(said({ enabled: false }), false)).toBe('left_out');
    expect(decide(said({ enabled: false }), true)).toBe('planned');
  });

  test('never passes over a withdrawn consent', () => {
    expect(decide(said({ consentWithdrawn: true }), true)).toBe('left_out');
  });
});

describe('whoever the recipient, whatever the matrix', () => {
  const anyCase = fc.record({
    recipient: anyRecipient,
    cells: anyCells,
    withTemplate: fc.uniqueArray(anyChannel),
    critical: fc.boolean(),
  });
  const decide = ({ recipient, cells, withTemplate, critical }: CaseOf<typeof anyCase>) =>
    decideChannels(
      recipient,
      cells,
      (channel) => (withTemplate.includes(channel) ? templateOf(channel) : undefined),
      critical,
    );

  test('each channel is decided once, the planned ones first, numbered from 1', () => {
    fc.assert(
      fc.property(anyCase, (given) => {
        const decision = decide(given);
        expect(decision.map(({ channel }) => channel).sort()).toEqual([...channels].sort());
        const planned = decision.filter(({ verdict }) => verdict === 'planned');
        expect(decision.slice(0, planned.length)).toEqual(planned);
        expect(planned).toMatchObject(planned.map((_, index) => ({ position: index + 1 })));
      }),
    );
  });

  test('a channel is planned exactly when nothing speaks against it', () => {
    fc.assert(
      fc.property(anyCase, (given) => {
        const { recipient, cells, withTemplate, critical } = given;
        for (const { channel, verdict } of decide(given)) {
          const preference = recipient.preferences[channel];
          const free =
            cells.some((cell) => cell.channel === channel && cell.enabled) &&
            recipient.addresses.some((address) => address.channel === channel) &&
            !recipient.suppressed.includes(channel) &&
            !preference?.consentWithdrawn &&
            (critical || preference?.enabled !== false) &&
            withTemplate.includes(channel);
          expect(verdict).toBe(free ? 'planned' : 'left_out');
        }
      }),
    );
  });

  test('what the person ranked goes first, by its ranks; the rest by the matrix', () => {
    fc.assert(
      fc.property(anyCase, (given) => {
        const { recipient, cells } = given;
        const ranks = decide(given)
          .filter(({ verdict }) => verdict === 'planned')
          .map(({ channel }) => ({
            own: recipient.preferences[channel]?.priority ?? Number.POSITIVE_INFINITY,
            matrix: cells.find((cell) => cell.channel === channel)?.priority ?? 0,
          }));
        for (const [index, { own, matrix }] of ranks.entries()) {
          const next = ranks[index + 1];
          if (next && own === next.own) expect(matrix).toBeLessThanOrEqual(next.matrix);
          else if (next) expect(own).toBeLessThan(next.own);
        }
      }),
    );
  });

  test('the same question has the same answer, in whatever order the cells are kept', () => {
    fc.assert(
      fc.property(anyCase, (given) => {
        const reversed = { ...given, cells: given.cells.toReversed() };
        expect(decide(reversed)).toEqual(decide(given));
      }),
    );
  });
});

type CaseOf<T> = T extends fc.Arbitrary<infer Case> ? Case : never;
