import fc from 'fast-check';
import { channels, targets } from '../catalog/channels.js';
import type { ChannelPreference, Recipient } from '../customers/recipient.js';
import type { AttemptOutcome } from '../delivery/attempt-outcome.js';
import type { DeliveryPolicy } from '../delivery/delivery-policy.js';
import type { TemplateNeed } from '../templates/choose-template.js';
import type { Template } from '../templates/template.js';
import { aCell, anAddressOn, aRecipient, aTemplate } from './builders.js';

// What property tests draw from. Few ids each, so that things meet.

export const anyChannel = fc.constantFrom(...channels);

const anyPreference: fc.Arbitrary<ChannelPreference> = fc.record({
  enabled: fc.boolean(),
  priority: fc.option(fc.integer({ min: 1, max: 3 })),
  consentWithdrawn: fc.boolean(),
});

export const anyRecipient: fc.Arbitrary<Recipient> = fc
  .record({
    kind: fc.constantFrom('customer' as const, 'staff' as const, 'admin' as const),
    reached: fc.uniqueArray(anyChannel),
    devices: fc.integer({ min: 1, max: 3 }),
    preferences: fc.record(
      { email: anyPreference, whatsapp: anyPreference, push: anyPreference },
      { requiredKeys: [] },
    ),
    suppressed: fc.uniqueArray(anyChannel),
  })
  .map(({ reached, devices, ...given }) =>
    aRecipient({
      ...given,
      addresses: reached.flatMap((channel) =>
        channel === 'push'
          ? Array.from({ length: devices }, (_, index) => anAddressOn(channel, index))
          : [anAddressOn(channel)],
      ),
    }),
  );

/** Cells of one phase: none or one for each channel. */
export const anyCells = fc.uniqueArray(
  fc
    .record({
      channel: anyChannel,
      enabled: fc.boolean(),
      priority: fc.integer({ min: 1, max: 3 }),
    })
    .map(aCell),
  { selector: ({ channel }) => channel },
);

const anyOf = (...ids: string[]) => fc.constantFrom(...ids);
const orNull = (...ids: string[]) => fc.constantFrom(null, ...ids);

/** What a template is written for, and what is looked for: the same fields. */
const anyScope = {
  channel: anyChannel,
  target: fc.constantFrom(...targets),
  phaseId: anyOf('phase-1', 'phase-2'),
  serviceTypeId: anyOf('type-1', 'type-2'),
  subtypeId: orNull('subtype-1', 'subtype-2'),
  tallerId: orNull('taller-1', 'taller-2'),
};

export const anyNeed: fc.Arbitrary<TemplateNeed> = fc.record({
  ...anyScope,
  eventType: anyOf('received', 'ready'),
});

export const anyTemplates: fc.Arbitrary<Template[]> = fc
  .array(fc.record({ ...anyScope, eventType: orNull('received', 'ready') }), { maxLength: 60 })
  .map((scopes) => scopes.map((scope, index) => aTemplate({ id: `template-${index}`, ...scope })));

const said = { code: fc.constant('some_code'), detail: fc.constant('what was said') };
const retryAfterMs = fc.option(fc.integer({ min: 0, max: 10 ** 9 }), { nil: undefined });

export const anyOutcome: fc.Arbitrary<AttemptOutcome> = fc.oneof(
  fc.record({
    kind: fc.constant('accepted' as const),
    providerMessageId: fc.constant(null),
    detail: said.detail,
  }),
  fc.record({
    kind: fc.constantFrom('transient' as const, 'rate_limited' as const),
    ...said,
    retryAfterMs,
  }),
  fc.record({
    kind: fc.constantFrom(
      'permanent_recipient' as const,
      'permanent_message' as const,
      'misconfigured' as const,
    ),
    ...said,
  }),
  fc.record({
    kind: fc.constant('unknown' as const),
    ...said,
    code: fc.constantFrom('timeout', 'worker_lost', 'unconfirmed'),
  }),
);

export const anyPolicy: fc.Arbitrary<DeliveryPolicy> = fc.record({
  retries: fc.integer({ min: 0, max: 5 }),
  retryBaseMs: fc.integer({ min: 0, max: 60_000 }),
  retryCapMs: fc.integer({ min: 0, max: 3_600_000 }),
  unknown: fc.constantFrom('resend' as const, 'look_up' as const),
});

/** From 0 (included) to 1 (excluded). */
export const anyRandom = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
