import type { OutcomeKind } from '#domain/delivery/attempt-outcome.js';

/** What a code of Meta's Graph API says about a WhatsApp message. */
export interface GraphClass {
  kind: Exclude<OutcomeKind, 'accepted'>;
  /** Where Meta says how long to wait. */
  retryAfterMs?: number;
  /** The limit is this person's, not the number's. */
  ofRecipient?: boolean;
}

interface GraphRow extends GraphClass {
  /** Single codes, or ranges with both ends included. */
  codes: readonly (number | readonly [number, number])[];
}

const hourMs = 3_600_000;

/**
 * Meta's error codes by what to do about them (Cloud API "Error codes", read September 2026;
 * placement by Meta's descriptions). Evolution API in Cloud mode passes them on with HTTP 201.
 */
const rows: readonly GraphRow[] = [
  {
    kind: 'misconfigured',
    codes: [0, 3, 10, 33, 190, [200, 299], 368, 131005, 131031, 131042, 131045, 131063],
  },
  { kind: 'misconfigured', codes: [133000, 133010] },
  // One message in six seconds to the same person.
  { kind: 'rate_limited', codes: [131056], retryAfterMs: 6000, ofRecipient: true },
  { kind: 'rate_limited', codes: [4, 80007, 130429, 131064, 133016] },
  { kind: 'rate_limited', codes: [131048], retryAfterMs: 4 * hourMs },
  // The person's own ceiling for marketing: not before tomorrow.
  { kind: 'rate_limited', codes: [131049], retryAfterMs: 24 * hourMs, ofRecipient: true },
  { kind: 'transient', codes: [1, 2, 131000, 131016, 131057, 133004] },
  {
    kind: 'permanent_recipient',
    codes: [130403, 130472, 130497, 131021, 131026, 131030, 131050, 131062, 137000],
  },
  // 470 and 131047: outside the 24-hour window only an approved template passes.
  { kind: 'permanent_message', codes: [470, 131047] },
  { kind: 'permanent_message', codes: [100, 131008, 131009, 131037, [131051, 131053]] },
  { kind: 'permanent_message', codes: [[132000, 132016], 132068, 132069, 135000] },
];

/** Undefined for a code that the table does not know. */
export function graphClassOf(code: number): GraphClass | undefined {
  return rows.find((row) =>
    row.codes.some((entry) =>
      typeof entry === 'number' ? entry === code : code >= entry[0] && code <= entry[1],
    ),
  );
}
