import { maximumDetailLength } from '#domain/delivery/attempt-outcome.js';

/**
 * What a provider said, fit for a timeline that staff read: one line, at most 300 characters,
 * without mailboxes, numbers, links or the given secrets.
 *
 * @param text the provider's words, of any length and content
 * @param secrets keys and contents that must not be repeated; those under four characters are
 *   too short to tell from ordinary words, and are left
 */
export function describeAnswer(text: string, secrets: readonly string[] = []): string {
  // The bound keeps the expressions below cheap on kilobytes of somebody's stack trace.
  let line = onOneLine(text.slice(0, 2000));
  for (const secret of secrets.map(onOneLine)) {
    if (secret.length >= 4) line = line.replaceAll(secret, '[…]');
  }
  line = line
    .replace(/https?:\/\/\S+/gi, '[url]')
    .replace(/[^\s<>@"']{1,64}@[^\s<>@"',;]{1,253}/g, '[address]')
    .replace(/\+?\d[\d-]{5,}\d/g, '[number]');
  return line.length <= maximumDetailLength ? line : `${line.slice(0, maximumDetailLength - 1)}…`;
}

function onOneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
}
