import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { whatsappPieces } from './whatsapp-text.js';

describe('a WhatsApp text', () => {
  test.each([
    ['Hola, *Ana*: listo', ['plain Hola, ', 'bold Ana', 'plain : listo']],
    ['*a* y _b_ y ~c~', ['bold a', 'plain  y ', 'italic b', 'plain  y ', 'struck c']],
    ['2 * 3 * 4', ['plain 2 * 3 * 4']],
    ['OT_2026_001', ['plain OT_2026_001']],
    ['*sin fin', ['plain *sin fin']],
    ['*de una\nlínea*', ['plain *de una\nlínea*']],
  ])('%j is shown as the phone shows it', (text, shown) => {
    expect(whatsappPieces(text).map(({ look, text: run }) => `${look} ${run}`)).toEqual(shown);
  });

  test('loses nothing but marks, whatever it says', () => {
    const text = fc.string({ unit: fc.constantFrom('*', '_', '~', '`', 'a', ' ', '\n') });
    fc.assert(
      fc.property(text, (any) => {
        const bare = (of: string) => of.replace(/[*_~`]/g, '');
        const shown = whatsappPieces(any);
        expect(bare(shown.map((piece) => piece.text).join(''))).toBe(bare(any));
      }),
    );
  });
});
