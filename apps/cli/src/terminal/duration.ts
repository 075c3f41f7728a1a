import { InvalidArgumentError } from 'commander';
import { say } from './say.js';

/** Reads `500ms`, `10s`, `2m`, `24h` or a number of seconds; the result is in milliseconds. */
export function seconds(text: string): number {
  const [, amount, unit = 's'] = /^(\d+(?:\.\d+)?)(ms|s|m|h)?$/.exec(text) ?? [];
  if (amount === undefined) {
    throw new InvalidArgumentError(
      say('p. ej. 10s, 500ms, 2m o 24h', 'e.g. 10s, 500ms, 2m or 24h'),
    );
  }
  const factors: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
  return Math.round(Number(amount) * (factors[unit] ?? 1000));
}
