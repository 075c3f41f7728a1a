import { setTimeout as pause } from 'node:timers/promises';
import { type Channel, channels } from '#domain/catalog/channels.js';
import type { Arena } from '../arena.js';
import { everyday, type Scenario } from './scenario.js';

/** Ways in which a provider fails, each as often as it says and on each channel at once. */
const ways: readonly { kind: string; name: string; not?: Channel[]; delayMs?: number }[] = [
  { kind: 'unavailable', name: 'refuses for now' },
  // A mailbox that gets too much is left alone for five minutes.
  { kind: 'rate_limit', name: 'is called too often', not: ['email'] },
  { kind: 'lose_answer', name: 'takes it and hangs up' },
  { kind: 'garbage', name: 'answers garbage' },
  { kind: 'slow', name: 'is slow', delayMs: 1500 },
  // A mail server may be silent for a minute before it is given up.
  { kind: 'stall', name: 'never answers', not: ['email'] },
];

/** Providers that fail, while every other message goes on. */
export const providers: readonly Scenario[] = ways.map(
  ({ kind, name, not = [], delayMs }): Scenario => ({
    name: `provider ${name}`,
    times: { small: 6, large: 300 },
    load: everyday,
    run: async (arena, times) => {
      const met = channels.filter((channel) => !not.includes(channel));
      const each = Math.ceil(times / met.length);
      await arena.disrupt('provider', kind, async () => {
        await arena.world.fail(
          ...met.map((channel) => ({ channel, kind, delayMs, times: each, retryAfterSeconds: 1 })),
        );
        await allMet(arena);
        // Their answers come, or stay away, after the calls.
        await pause(kind === 'stall' ? 12_000 : 3000);
      });
      await arena.world.fail();
      return { done: each * met.length };
    },
  }),
);

/** Resolves when no fault of a channel is left to be met, or when that takes too long. */
async function allMet(arena: Arena): Promise<void> {
  for (const givesUpAt = Date.now() + 60_000; Date.now() < givesUpAt; await pause(200)) {
    if ((await arena.world.faultsLeft()) === 0) return;
  }
}
