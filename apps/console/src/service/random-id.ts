/**
 * 32 hexadecimal digits, such as a key under which the service does something once. Not
 * `crypto.randomUUID`, which a page that came over plain HTTP in a workshop's network lacks.
 */
export function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
