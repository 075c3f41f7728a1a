import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { anywhere } from './find-page.js';

/**
 * Keeps the rows in whose `search_text` each word of a search is found, in any order: `carlos
 * mendoza` finds Carlos Andrés Mendoza. A search of digits and a phone's punctuation also finds
 * the numbers that have these digits.
 *
 * @param text as it was typed; case and accents make no difference
 */
export function whereWordsAreFound<Row extends ObjectLiteral>(
  query: SelectQueryBuilder<Row>,
  text: string,
): void {
  const column = `${query.alias}.search_text`;
  const words = text.split(/\s+/).filter(Boolean);
  const parameters: Record<string, string> = {};
  const found = words.map((word, index) => {
    parameters[`word${index}`] = anywhere(word);
    return `${column} LIKE searchable(:word${index})`;
  });
  const digits = phoneDigits(text);
  if (digits !== null) parameters.digits = anywhere(digits);
  const number = digits === null ? '' : ` OR ${column} LIKE :digits`;
  // What is blank is in every text.
  query.andWhere(`(${found.join(' AND ') || 'true'}${number})`, parameters);
}

/** The digits that E.164 has of a typed number, or null for what is no part of one. */
export function phoneDigits(text: string): string | null {
  const typed = text.normalize('NFKC').trim();
  if (!/^\+?[\d\s()./-]*$/.test(typed)) return null;
  const digits = typed.replace(/\D/g, '');
  if (digits.length === 0) return null;
  // A number written for the home country begins with a 0 that E.164 leaves out, one for abroad
  // with 00; so does what is typed of it so far. Two digits and less are in too many numbers.
  const kept = digits.replace(/^0{1,2}/, '');
  return kept.length >= 3 ? kept : digits;
}
