/** How the variables of a text stand to those that there are. */
export interface VariableUse {
  used: string[];
  /** Named, and no variable; in the order of the text. */
  unknown: string[];
}

/** Names between braces and in conditions, as far as the eye sees them; the API judges. */
export function variablesIn(text: string, known: readonly string[]): VariableUse {
  const named = new Set(
    [
      ...text.matchAll(/\{\{-?\s*([^\s}|]+)/g),
      ...text.matchAll(/\{%-?\s*(?:els)?if\s+([^\s%]+)/g),
    ].map(([, name = '']) => name.normalize('NFC')),
  );
  return {
    used: known.filter((name) => named.has(name)),
    unknown: [...named].filter((name) => name !== '' && !known.includes(name)),
  };
}
