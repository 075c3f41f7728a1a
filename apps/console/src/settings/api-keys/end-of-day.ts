/** The last second of a calendar day such as `2026-12-31`, by the browser's clock, in UTC. */
export function endOfDay(day: string): string {
  return new Date(`${day}T23:59:59`).toISOString();
}
