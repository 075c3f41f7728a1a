/** Of what was typed, what differs from what is saved; told by their JSON. */
export function changedMembers<Values extends object>(
  saved: Values,
  typed: Partial<Values>,
): Partial<Values> {
  const changed: Partial<Values> = {};
  for (const name in typed) {
    if (JSON.stringify(typed[name]) !== JSON.stringify(saved[name])) changed[name] = typed[name];
  }
  return changed;
}

/** Why a field was refused: what the service says of it, and of what lies within it. */
export function errorOf(errors: Record<string, string[]>, field: string): string | undefined {
  const reasons = Object.entries(errors).flatMap(([path, why]) => {
    if (path === field) return why;
    return path.startsWith(`${field}.`) ? why.map((one) => `${path}: ${one}`) : [];
  });
  return reasons.length > 0 ? reasons.join('; ') : undefined;
}

/** What was refused of fields that the form does not show. */
export function errorsBeside(
  errors: Record<string, string[]>,
  shown: readonly string[],
): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(errors).filter(
      ([path]) => !shown.some((field) => path === field || path.startsWith(`${field}.`)),
    ),
  );
}
