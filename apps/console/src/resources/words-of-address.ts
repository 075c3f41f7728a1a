/** What stands behind `?` in the address: page, search, ordering and filters, as the API takes them. */
export type AddressWords = Record<string, string | undefined>;

/** The router reads `?page=2` as a number; the API's own checks say what is wrong with a value. */
export function wordsOfAddress(search: Record<string, unknown>): AddressWords {
  return Object.fromEntries(
    Object.entries(search)
      .filter(([, value]) => ['string', 'number', 'boolean'].includes(typeof value))
      .map(([name, value]) => [name, String(value)]),
  );
}
