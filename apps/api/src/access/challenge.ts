/** What would open the door, as header fields of a refusal (RFC 6750 section 3). */
export function challenged(error?: 'invalid_token' | 'insufficient_scope'): Record<string, string> {
  const challenge = 'Bearer realm="ambacar-notifications"';
  return { 'www-authenticate': error ? `${challenge}, error="${error}"` : challenge };
}
