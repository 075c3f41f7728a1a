import { request } from 'undici';

/** What the bench asks the provider that it started. */
export class ProviderClient {
  constructor(readonly url: string) {}

  async answers(): Promise<boolean> {
    return (await this.count()) >= 0;
  }

  async count(): Promise<number> {
    const { body } = await request(`${this.url}/count`);
    return ((await body.json()) as { count: number }).count;
  }

  /** When each message arrived, in nanoseconds of the machine's monotonic clock, and to whom. */
  async arrivals(from: number): Promise<{ at: bigint; number: string }[]> {
    const { body } = await request(`${this.url}/arrivals?from=${from}`);
    const { arrivals } = (await body.json()) as { arrivals: { at: string; number: string }[] };
    return arrivals.map(({ at, number }) => ({ at: BigInt(at), number }));
  }

  async reset(delayMs: number): Promise<void> {
    const { body } = await request(`${this.url}/reset?delay_ms=${delayMs}`);
    await body.dump();
  }

  /** Waits until so many have arrived; throws when none comes for a minute. */
  async waitFor(count: number): Promise<void> {
    let seen = -1;
    let lastNewMs = performance.now();
    for (;;) {
      const now = await this.count();
      if (now >= count) return;
      if (now > seen) {
        seen = now;
        lastNewMs = performance.now();
      } else if (performance.now() - lastNewMs > 60_000) {
        throw new Error(`only ${now} of ${count} messages arrived, and none for a minute`);
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}
