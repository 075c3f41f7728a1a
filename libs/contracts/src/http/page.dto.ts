import { TextField } from './fields.js';
import { CountFilter } from './filters.js';
import { IntegerShown, ListShown, orNull, TextShown } from './shown.js';

/** How a list is turned over. Lists add their filters and the `ordering` values they know. */
export class PageQuery {
  @CountFilter({
    min: 1,
    max: 100_000,
    default: 1,
    description: 'Which page, from 1. Past the last one a page is empty.',
  })
  page?: number;

  @CountFilter({ min: 1, max: 100, default: 20, description: 'Things on a page.' })
  page_size?: number;

  @TextField({
    required: false,
    min: 0,
    max: 200,
    description: 'Part of a text, whatever its case and accents. Empty: everything.',
    example: 'mendoza',
  })
  search?: string;
}

/** A list's envelope. */
export interface Page<T> {
  count: number;
  next: string | null;
  previous: string | null;
  results: T[];
}

/**
 * The class of a list's envelope, for the OpenAPI document, which cannot see type parameters.
 *
 * @param name the schema's own, such as `TallerPage`
 */
export function PageOf<T extends object>(item: new () => T, name: string): new () => Page<T> {
  class Envelope implements Page<T> {
    @IntegerShown('Things that the filters find, on all pages together.', 1)
    count: number;

    @TextShown('The address of the next page; null on the last.', null, orNull)
    next: string | null;

    @TextShown('The address of the page before; null on the first.', null, orNull)
    previous: string | null;

    @ListShown(item, 'The things of this page.')
    results: T[];
  }
  Object.defineProperty(Envelope, 'name', { value: name });
  return Envelope;
}
