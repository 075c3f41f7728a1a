import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Piece, piecesOf } from './whatsapp-marks.js';

const shown = (pieces: Piece[] | string): string =>
  typeof pieces === 'string'
    ? pieces
    : pieces
        .map(({ mark, pieces: within }) =>
          mark ? `<${mark}>${shown(within)}</${mark}>` : shown(within),
        )
        .join('');

describe('the marks of WhatsApp', () => {
  test.each([
    ['Hola, *Ana*: todo _listo_.', 'Hola, <bold>Ana</bold>: todo <italic>listo</italic>.'],
    ['*_las dos_*', '<bold><italic>las dos</italic></bold>'],
    ['~antes~ ```a *b*```', '<strike>antes</strike> <mono>a *b*</mono>'],
    ['2*3*4 y snake_case_name', '2*3*4 y snake_case_name'],
    ['* no * y *abierto', '* no * y *abierto'],
    ['*una\nlínea*', '*una\nlínea*'],
  ])('of %j are shown as %j', (text, expected) => {
    expect(shown(piecesOf(text))).toBe(expected);
  });

  test('never lose a letter of the text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('*', '_', '~', '`', 'a', ' ', '\n', 'é') }),
        (text) => {
          const letters = shown(piecesOf(text)).replace(/<\/?\w+>/g, '');
          expect(letters.replace(/[*_~`]/g, '')).toBe(text.replace(/[*_~`]/g, ''));
        },
      ),
    );
  });
});
