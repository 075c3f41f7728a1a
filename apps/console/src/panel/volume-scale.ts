/** How many dates a phone has room for below the bars. */
const mostLabels = 5;

/** The least round number, and even, that a bar of this height fits below. */
export function topOfScale(highest: number): number {
  if (highest <= 2) return 2;
  const power = 10 ** Math.floor(Math.log10(highest));
  const steps = power === 1 ? [4, 6, 8, 10] : [1, 2, 4, 6, 8, 10];
  return power * (steps.find((step) => step * power >= highest) ?? 10);
}

/** The date of every how many days is written. */
export function labelEvery(days: number): number {
  return Math.max(1, Math.ceil(days / mostLabels));
}
