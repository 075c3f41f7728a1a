/** SQL: whatever belongs to a person, and the keys that callers made up. */
export const secretsOfPeople = `
  SELECT unnest(ARRAY[name, email, phone, substr(phone, 2)]) AS secret FROM customer
  UNION SELECT unnest(ARRAY[name, email, phone]) FROM staff_member
  UNION SELECT unnest(ARRAY[endpoint, p256dh, auth]) FROM push_subscription
  UNION SELECT value FROM event, jsonb_each_text(context)
  UNION SELECT key FROM idempotency_key
`;

/** With the environment's own; what is too short to be told from chance is left out. */
export function knownSecrets(
  rows: readonly { secret: string | null }[],
  environment: Readonly<Record<string, string>>,
): string[] {
  const { EVOLUTION_API_KEY, VAPID_PRIVATE_KEY, ADMIN_EMAILS, DATABASE_URL = '' } = environment;
  const ours = [EVOLUTION_API_KEY, VAPID_PRIVATE_KEY, ADMIN_EMAILS, new URL(DATABASE_URL).password];
  return [...rows.map(({ secret }) => secret), ...ours]
    .filter((secret) => secret !== null && secret !== undefined)
    .filter((secret) => secret.length > 5);
}
