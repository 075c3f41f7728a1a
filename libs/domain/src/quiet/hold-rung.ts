import type { Channel } from '../catalog/channels.js';
import { nextQuiet, type QuietHours, quietUntil } from './quiet-hours.js';
import { isoIn } from './zoned-time.js';

/** What becomes of a message that quiet hours would hold beyond its use. */
export const waysWhenHeldTooLong = ['email', 'expire'] as const;
export type WhenHeldTooLong = (typeof waysWhenHeldTooLong)[number];

/** What quiet hours look at of a rung of a ladder. */
export interface HoldableRung {
  channel: Channel;
  addresses: readonly unknown[];
  /** The hours at which its messages do not leave; absent where they leave at any. */
  quiet?: QuietHours;
  /** What becomes of a message that they hold beyond its use; absent as `quiet` is. */
  whenHeldTooLong?: WhenHeldTooLong;
}

/** When a rung's messages leave, and which rung's. */
export interface RungStart {
  /** The wanted one, or that of the e-mail which goes in its place. */
  rung: number;
  dueAt: Date;
  /** From then on quiet hours hold what has not left; null where they never do. */
  quietFrom: Date | null;
  /** Until when quiet hours hold the messages from now; null when they do not. */
  heldUntil: Date | null;
}

/**
 * When the messages of a rung leave that would be due at `dueAt`. Where quiet hours would hold them
 * until they are of no use, a later rung's e-mail goes at once, if the matrix wants it; else they
 * wait, and expire at their time.
 *
 * @param validUntil null without end
 */
export function holdRung(
  ladder: readonly HoldableRung[],
  rung: number,
  dueAt: Date,
  validUntil: Date | null,
): RungStart {
  const { quiet, whenHeldTooLong } = ladder[rung] ?? {};
  if (!quiet) return { rung, dueAt, quietFrom: null, heldUntil: null };
  const until = quietUntil(dueAt, quiet);
  if (until === null) return { rung, dueAt, quietFrom: nextQuiet(dueAt, quiet), heldUntil: null };
  if (validUntil === null || until < validUntil) {
    return { rung, dueAt: until, quietFrom: nextQuiet(until, quiet), heldUntil: until };
  }
  const instead = whenHeldTooLong === 'email' ? emailAfter(ladder, rung) : undefined;
  if (instead !== undefined) return holdRung(ladder, instead, dueAt, validUntil);
  return { rung, dueAt: validUntil, quietFrom: null, heldUntil: validUntil };
}

/** What the timeline tells of a message that quiet hours hold; `until` by the workshop's clock. */
export interface HeldQuiet {
  because: 'quiet_hours';
  until: string;
}

export function heldQuiet(until: Date, { quiet }: Pick<HoldableRung, 'quiet'>): HeldQuiet {
  return { because: 'quiet_hours', until: isoIn(quiet?.zone ?? 'UTC', until) };
}

function emailAfter(ladder: readonly HoldableRung[], rung: number): number | undefined {
  const place = ladder.findIndex(
    ({ channel, addresses }, index) => index > rung && channel === 'email' && addresses.length > 0,
  );
  return place === -1 ? undefined : place;
}
