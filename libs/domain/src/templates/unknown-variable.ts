import { foldName, type VariableName, variableNamedBy, variableNames } from './variables.js';

/**
 * Why a name between braces is refused, with the variable that was probably meant; undefined for
 * a variable in its exact spelling.
 */
export function unknownVariable(name: string): string | undefined {
  if (variableNames.some((known) => known === name)) return undefined;
  const meant = variableNamedBy(name) ?? nearest(foldName(name));
  if (meant) return `{{${name}}} is no variable; did you mean {{${meant}}}?`;
  const known = variableNames.map((variable) => `{{${variable}}}`).join(' ');
  return `{{${name}}} is no variable; known are ${known}`;
}

/** Letters that may differ: a slip in a word of four is another word with two. */
const slips = (name: string) => (name.length < 5 ? 1 : 2);

function nearest(folded: string): VariableName | undefined {
  const [best] = variableNames
    .map((name) => ({ name, distance: editDistance(folded, foldName(name)) }))
    .filter(({ name, distance }) => distance <= slips(name))
    .sort((a, b) => a.distance - b.distance);
  return best?.name;
}

/** Letters put in, left out or changed between two words (Levenshtein), row by row. */
function editDistance(a: string, b: string): number {
  // Longer ones are near none of ours, and cost the product of both lengths.
  if (a.length > 20) return a.length;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) {
      const changed = (row[j] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(changed, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
