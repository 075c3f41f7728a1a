import { z } from 'zod';
import { type Channel, channels } from '#domain/catalog/channels.js';

const faultKinds = [
  'refuse_recipient',
  'refuse_message',
  'unavailable',
  'rate_limit',
  'stall',
  'garbage',
  'lose_answer',
  'bad_credentials',
  'full',
  'slow',
] as const;

/** How the world is to fail. */
export const faultSchema = z.strictObject({
  channel: z.enum(channels),
  /** Part of the address; without it every address is meant. */
  to: z.string().min(1).max(2048).optional(),
  kind: z.enum(faultKinds),
  /** How often, before the fault is gone; without it, until it is taken back. */
  times: z.int().min(1).max(1_000_000).optional(),
  /** For `rate_limit`, `unavailable` and `full`: what the provider says. */
  retryAfterSeconds: z.int().min(1).max(86_400).optional(),
  /** For `slow`. */
  delayMs: z.int().min(1).max(600_000).optional(),
});

export type Fault = z.infer<typeof faultSchema>;

/** The faults in force, in the order in which they were asked for; the first that fits counts. */
export class Faults {
  private faults: Fault[] = [];

  /** The fault for a message to this address, counted as used. */
  take(channel: Channel, to: string): Fault | null {
    // Nearly always there is none, and a benchmark's messages pass here too.
    if (this.faults.length === 0) return null;
    const fault = this.faultFor(channel, to);
    if (!fault) return null;
    if (fault.times !== undefined) {
      fault.times -= 1;
      if (fault.times === 0) this.faults = this.faults.filter((other) => other !== fault);
    }
    return { ...fault };
  }

  /** A fault that concerns the whole provider, not one address; not counted as used. */
  ofProvider(channel: Channel): Fault | null {
    return this.faults.find((fault) => fault.channel === channel && fault.to === undefined) ?? null;
  }

  /** The fault for this address, not counted as used. */
  faultFor(channel: Channel, to: string): Fault | null {
    const address = to.toLowerCase();
    return (
      this.faults.find(
        (fault) =>
          fault.channel === channel && (!fault.to || address.includes(fault.to.toLowerCase())),
      ) ?? null
    );
  }

  list(): Fault[] {
    return this.faults.map((fault) => ({ ...fault }));
  }

  /** Puts this one in the place of the one for the same channel and address, or adds it. */
  set(fault: Fault): void {
    this.faults = [
      ...this.faults.filter(({ channel, to }) => channel !== fault.channel || to !== fault.to),
      { ...fault },
    ];
  }

  replaceAll(faults: readonly Fault[]): void {
    this.faults = faults.map((fault) => ({ ...fault }));
  }

  /** Takes faults back: those of one channel, or all. */
  clear(channel?: Channel): void {
    this.faults = channel ? this.faults.filter((fault) => fault.channel !== channel) : [];
  }
}
