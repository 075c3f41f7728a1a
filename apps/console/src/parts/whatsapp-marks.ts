/** A piece of a WhatsApp text with the mark that it stands between. */
export interface Piece {
  mark: 'bold' | 'italic' | 'strike' | 'mono' | null;
  /** Marks may stand in each other; a text of its own has none within. */
  pieces: Piece[] | string;
}

const marks = { '*': 'bold', _: 'italic', '~': 'strike', '`': 'mono' } as const;

/**
 * Reads the marks of WhatsApp as its apps show them: `*bold*`, `_italic_`, `~struck~`, and
 * ```` ```monospace``` ````. A mark counts at a word's edge only, opens before and closes after
 * something that is no space, and ends on its own line.
 */
export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let rest = text;
  for (;;) {
    const found = firstMark(rest);
    if (!found) break;
    if (found.start > 0) pieces.push(plain(rest.slice(0, found.start)));
    pieces.push(
      found.mark === 'mono'
        ? { mark: 'mono', pieces: found.inner }
        : { mark: found.mark, pieces: piecesOf(found.inner) },
    );
    rest = rest.slice(found.end);
  }
  if (rest !== '') pieces.push(plain(rest));
  return pieces;
}

const plain = (text: string): Piece => ({ mark: null, pieces: text });

const form =
  /(?<![\p{L}\p{N}])(?:```(?<block>[^`]+)```|(?<sign>[*_~`])(?<inner>\S|\S[^\n]*?\S)\k<sign>)(?![\p{L}\p{N}])/u;

function firstMark(text: string) {
  const match = form.exec(text);
  if (!match?.groups) return undefined;
  const { block, sign, inner } = match.groups;
  const at = { start: match.index, end: match.index + match[0].length };
  if (block !== undefined) return { mark: 'mono' as const, inner: block, ...at };
  const mark = Object.entries(marks).find(([each]) => each === sign)?.[1];
  return mark && inner !== undefined ? { mark, inner, ...at } : undefined;
}
