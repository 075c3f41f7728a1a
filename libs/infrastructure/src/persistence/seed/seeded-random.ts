/** Chance that comes out the same every time: what the demo data is made with. */
export class SeededRandom {
  constructor(private state: number) {}

  /** From 0 (included) to 1 (excluded). mulberry32, by Tommy Ettinger; public domain. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  between(least: number, most: number): number {
    return least + this.next() * (most - least);
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** One of the items, all alike. Throws on an empty list. */
  pick<T>(items: readonly T[]): T {
    return this.weighted(items, () => 1);
  }

  /** One of the items, each as likely as its weight says. Throws on an empty list. */
  weighted<T>(items: readonly T[], weightOf: (item: T) => number): T {
    let left = this.next() * items.reduce((sum, item) => sum + weightOf(item), 0);
    for (const item of items) {
      left -= weightOf(item);
      if (left < 0) return item;
    }
    const last = items.at(-1);
    if (last === undefined) throw new Error('nothing to choose from');
    return last;
  }
}
