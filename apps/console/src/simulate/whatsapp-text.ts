/** A run of a WhatsApp text that looks alike. */
export interface Piece {
  text: string;
  look: 'plain' | 'bold' | 'italic' | 'struck' | 'code';
}

const marks = { '*': 'bold', _: 'italic', '~': 'struck', '`': 'code' } as const;

// As WhatsApp reads them: a mark stands at a word's edge, holds no blank at its ends, one line.
const marked = /(?<![\p{L}\p{N}])([*_~`])(?=\S)([^\n]*?\S)\1(?![\p{L}\p{N}])/gu;

/** A text as WhatsApp shows it: `*bold*`, `_italic_`, `~struck~` and code without their marks. */
export function whatsappPieces(text: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(marked)) {
    const [whole, mark = '', inner = ''] = match;
    if (match.index > end) pieces.push({ text: text.slice(end, match.index), look: 'plain' });
    pieces.push({ text: inner, look: lookOf(mark) });
    end = match.index + whole.length;
  }
  if (end < text.length) pieces.push({ text: text.slice(end), look: 'plain' });
  return pieces;
}

function lookOf(mark: string): Piece['look'] {
  for (const [known, look] of Object.entries(marks)) if (known === mark) return look;
  return 'plain';
}
