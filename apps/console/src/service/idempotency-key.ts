/**
 * A key under which the service does something once, however often it is asked. Not
 * `crypto.randomUUID`, which a page that came over plain HTTP in a workshop's network lacks.
 */
export function newIdempotencyKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
