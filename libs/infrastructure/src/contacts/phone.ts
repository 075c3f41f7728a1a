import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max';

/**
 * The number in E.164 (`+593991234567`), or null when no numbering plan knows it.
 *
 * @param text as a person writes it: with spaces, dashes, `00`, a national `0`, full-width digits
 * @param country ISO 3166 alpha-2 code whose plan reads a number without a country code
 */
export function normalizePhone(text: string, country: string): string | null {
  if (text.length > maximumLength) return null;
  const region = country.toUpperCase();
  const parsed = parsePhoneNumberFromString(withoutOldMobilePrefix(text.normalize('NFKC').trim()), {
    // A country that the plans do not know leaves the international form as the only one.
    defaultCountry: isSupportedCountry(region) ? region : undefined,
    extract: false,
  });
  // An extension is a desk behind a switchboard: WhatsApp does not get there.
  if (!parsed || parsed.ext || !parsed.isValid()) return null;
  return parsed.number;
}

const maximumLength = 40;

/**
 * Mexico wrote mobiles as +52 1 until August 2019. WhatsApp still answers with that form, and no
 * numbering plan takes it any more.
 */
function withoutOldMobilePrefix(text: string): string {
  const compact = text.replace(/[\s().-]/g, '');
  const old = /^(?:\+|00)?521(\d{10})$/.exec(compact);
  return old ? `+52${old[1]}` : text;
}
