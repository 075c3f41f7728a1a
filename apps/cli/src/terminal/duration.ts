import { InvalidArgumentError } from 'commander';
import { say } from './say.js';

/** Reads `500ms`, `10s`, `2m` or a number of seconds; the result is in milliseconds. */
export function seconds(text: string): number {
  const [, amount, unit = 's'] = /^(\d+(?:\.\d+)?)(ms|s|m)?$/.exec(text) ?? [];
  if (amount === undefined) {
    throw new InvalidArgumentError(say('p. ej. 10s, 500ms o 2m', 'e.g. 10s, 500ms or 2m'));
  }
  const factors: Record<string, number> = { ms: 1, s: 1000, m: 60_000 };
  return Math.round(Number(amount) * (factors[unit] ?? 1000));
}
