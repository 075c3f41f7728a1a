import type { testTexts } from './test.texts.js';

/** The API tells refusals in English; these are those that a test may meet. */
const known: readonly [RegExp, keyof typeof testTexts.es.refusals][] = [
  [/withdrew consent/, 'consent'],
  [/prefers not/, 'optedOut'],
  [/no address/, 'noAddress'],
  [/wrong or gone/, 'wrongAddress'],
  [/is not one plain mailbox|is no number/, 'form'],
];

/** Why a recipient is refused, in the reader's words where they are known. */
export function refusalText(
  whys: readonly string[] | undefined,
  words: (typeof testTexts)['es'],
): string | null {
  if (!whys || whys.length === 0) return null;
  return whys
    .map((why) => {
      const found = known.find(([pattern]) => pattern.test(why));
      return found ? words.refusals[found[1]] : why;
    })
    .join('; ');
}
