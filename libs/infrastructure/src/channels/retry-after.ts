const dayMs = 24 * 3_600_000;

/**
 * Reads a `Retry-After` header (RFC 9110 section 10.2.3: seconds or a date).
 *
 * @returns milliseconds from now, between one second and one day; undefined when it is absent or
 *   says nothing that can be read
 */
export function retryAfterMs(
  header: string | string[] | undefined,
  now: number = Date.now(),
): number | undefined {
  const text = (Array.isArray(header) ? header[0] : header)?.trim();
  if (!text) return undefined;
  const seconds = /^\d{1,9}$/.test(text);
  // Date.parse alone reads "-5" as a month.
  if (!seconds && !text.endsWith('GMT')) return undefined;
  const waitMs = seconds ? Number(text) * 1000 : Date.parse(text) - now;
  return Number.isNaN(waitMs) ? undefined : Math.min(Math.max(waitMs, 1000), dayMs);
}
