const twoTo32 = 4_294_967_296;

/**
 * Numbers from 0 to 2³²-1 that decide what happens next. Zero is the quiet choice everywhere, and
 * all that follows the end of the tape is zero: a shorter tape, or one of smaller numbers, is a
 * simpler story, which is how fast-check finds the simplest one that goes wrong.
 */
export class Tape {
  private place = 0;

  constructor(private readonly numbers: ArrayLike<number>) {}

  get isOver(): boolean {
    return this.place >= this.numbers.length;
  }

  next(): number {
    const number = this.numbers[this.place] ?? 0;
    this.place += 1;
    return number;
  }

  /** From 0 to `bound - 1`. */
  below(bound: number): number {
    return this.next() % bound;
  }

  /** One in so many is true. */
  oneIn(bound: number): boolean {
    return this.below(bound) === bound - 1;
  }

  pick<T>(values: readonly [T, ...T[]]): T {
    return values[this.below(values.length)] ?? values[0];
  }

  /** From 0 (included) to 1 (excluded). */
  fraction(): number {
    return this.next() / twoTo32;
  }
}
