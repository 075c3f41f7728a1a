/** Messages whose delivery took about the same time. */
export interface TimedBucket {
  /** floor(4 × log2 of the milliseconds): {@link endsOf} tells from where to where that is. */
  bucket: number;
  messages: number;
}

/** Buckets for each doubling of the time: the ends of one are a factor of 2^(1/4) = 1.19 apart. */
const perDoubling = 4;

/**
 * The time that half of the deliveries took at most, in seconds; null of none. It lies in the
 * bucket of the true one, and so within a fifth of it; in between, deliveries are taken to be
 * spread evenly.
 */
export function medianSeconds(buckets: Iterable<TimedBucket>): number | null {
  const sorted = [...added(buckets)].sort(([a], [b]) => a - b);
  const total = sorted.reduce((sum, [, messages]) => sum + messages, 0);
  let before = 0;
  for (const [bucket, messages] of sorted) {
    const half = total / 2;
    if (before + messages >= half) {
      const { fromMs, toMs } = endsOf(bucket);
      const share = (half - before) / messages;
      return Math.round(fromMs * (toMs / fromMs) ** share) / 1000;
    }
    before += messages;
  }
  return null;
}

/** The milliseconds from which and up to which a bucket's deliveries took. */
export function endsOf(bucket: number): { fromMs: number; toMs: number } {
  return { fromMs: 2 ** (bucket / perDoubling), toMs: 2 ** ((bucket + 1) / perDoubling) };
}

/** Those of several channels are added up; what is taken back elsewhere may leave nothing. */
function added(buckets: Iterable<TimedBucket>): Map<number, number> {
  const sums = new Map<number, number>();
  for (const { bucket, messages } of buckets) {
    sums.set(bucket, (sums.get(bucket) ?? 0) + messages);
  }
  return new Map([...sums].filter(([, messages]) => messages > 0));
}
