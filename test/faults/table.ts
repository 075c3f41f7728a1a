import { percentileOf } from './recovery.js';

/** What one kind of fault came to. */
export interface Row {
  fault: string;
  times: number;
  accepted: number;
  lost: number;
  endedTwice: number;
  /** Arrivals beyond the first, by channel; each is explained on its timeline, or is a violation. */
  again: Record<string, number>;
  /** Of every rule, those of the columns before among them. */
  violations: number;
  recoveryMs: number[];
  seconds: number;
}

/** The rows as a Markdown table. */
export function toMarkdown(rows: readonly Row[], heading: string): string {
  const seconds = (values: number[], percent: number) => {
    const value = percentileOf(values, percent);
    return value === null ? '–' : (value / 1000).toFixed(1);
  };
  const lines = rows.map((row) => {
    const { email = 0, whatsapp = 0, push = 0 } = row.again;
    return [
      row.fault,
      row.times,
      row.accepted,
      row.lost,
      row.endedTwice,
      `${email} / ${whatsapp} / ${push}`,
      row.violations,
      seconds(row.recoveryMs, 50),
      seconds(row.recoveryMs, 99),
      Math.round(row.seconds),
    ].join(' | ');
  });
  return [
    heading,
    '',
    '| fault | times | accepted | lost | ended twice | arrived again, explained (e-mail / WhatsApp / push) | violations | recovery p50 s | p99 s | took s |',
    '|---|---|---|---|---|---|---|---|---|---|',
    ...lines.map((line) => `| ${line} |`),
    '',
  ].join('\n');
}
