import { Output, type Template, TypeGuards } from 'liquidjs';
import { variableOf } from './allowed-forms.js';

/** Text that stands as it is, or a variable to be filled in. */
export type Piece = { text: string } | { variable: string };

/**
 * A part that is only text and `{{Variable}}`, taken apart once; undefined where it has an `if`.
 * Joining the pieces gives what LiquidJS would, in a tenth of the time (2 µs instead of 20 for
 * seven variables), and every dispatch renders some five parts.
 */
export function plainPieces(templates: readonly Template[]): Piece[] | undefined {
  const pieces: Piece[] = [];
  for (const template of templates) {
    if (template instanceof Output) {
      pieces.push({ variable: variableOf(template.value, template.token).name });
    } else if (TypeGuards.isHTMLToken(template.token)) {
      pieces.push({ text: template.token.getContent() });
    } else {
      return undefined;
    }
  }
  return pieces;
}
