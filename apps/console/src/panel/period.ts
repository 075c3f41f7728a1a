/** How many days the panel may look back over. */
export const periods = [7, 30, 90] as const;
export type PeriodDays = (typeof periods)[number];

export interface PanelSearch {
  /** Absent: 7. */
  days?: PeriodDays;
}

export function readPanelSearch({ days }: Record<string, unknown>): PanelSearch {
  const known = periods.find((period) => period === Number(days));
  return known === undefined || known === 7 ? {} : { days: known };
}

/** The days just before a period, as many as it has: both ends within, `YYYY-MM-DD`. */
export function periodBefore(from: string, to: string): { from: string; to: string } {
  const first = Date.parse(`${from}T00:00:00Z`);
  const length = Date.parse(`${to}T00:00:00Z`) - first + dayMs;
  return { from: dayOf(first - length), to: dayOf(first - dayMs) };
}

const dayMs = 86_400_000;
const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);

/** How a figure moved, in per cent of what it was; null where there is nothing to compare. */
export function trendOf(now: number | null, before: number | null): number | null {
  if (now === null || before === null || before === 0) return null;
  return Math.round(((now - before) / before) * 1000) / 10;
}
