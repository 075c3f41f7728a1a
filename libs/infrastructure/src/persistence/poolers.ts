/**
 * Whether a session stays on its connection. Known poolers that give each transaction another one:
 * Supabase's port 6543, and what others mark as `pgbouncer=true`. There prepared statements lose
 * their names, and LISTEN hears nothing.
 */
export function keepsSessions(databaseUrl: string): boolean {
  return !/:6543\b|[?&]pgbouncer=true\b/.test(databaseUrl);
}
