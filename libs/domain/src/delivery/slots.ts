/**
 * How many messages of one channel a process has under way at once. A slow provider fills its own
 * channel's slots and nobody else's.
 */
export class Slots {
  private free: number;
  private readonly waiting: { wanted: number; resolve: (taken: number) => void }[] = [];
  private closed = false;

  constructor(private readonly total: number) {
    this.free = total;
  }

  /**
   * Takes as many slots as are free, at most `wanted`. Waits, in turn, until a quarter of all (or
   * all that is wanted) is free: claims of one message at a time cost a database round trip each.
   * Gives none, 0, once they are closed.
   */
  take(wanted: number): Promise<number> {
    if (this.closed) return Promise.resolve(0);
    return new Promise((resolve) => {
      this.waiting.push({ wanted, resolve });
      this.serve();
    });
  }

  giveBack(count: number): void {
    this.free += count;
    this.serve();
  }

  /** Gives none away any more: who waits for some gets 0. Those taken are given back as ever. */
  close(): void {
    this.closed = true;
    for (const { resolve } of this.waiting.splice(0)) resolve(0);
  }

  private serve(): void {
    for (let first = this.waiting[0]; first; first = this.waiting[0]) {
      if (this.free < Math.min(first.wanted, Math.ceil(this.total / 4))) return;
      const taken = Math.min(first.wanted, this.free);
      this.free -= taken;
      this.waiting.shift();
      first.resolve(taken);
    }
  }
}
