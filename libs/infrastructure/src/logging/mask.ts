/** `carlos@example.com` → `c***s@e***.com`: enough to recognise, too little to write to. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf('@');
  if (at < 1) return '***';
  const local = email.slice(0, at);
  const domain = email.slice(at + 1);
  const dot = domain.lastIndexOf('.');
  const suffix = dot > 0 ? domain.slice(dot) : '';
  const last = local.length > 2 ? local.slice(-1) : '';
  return `${local.slice(0, 1)}***${last}@${domain.slice(0, 1)}***${suffix}`;
}

/** `+593991234567` → `+5939****567`. */
export function maskPhone(phone: string): string {
  return phone.length < 9 ? '***' : `${phone.slice(0, 5)}****${phone.slice(-3)}`;
}

// Bounded on both sides, so that no text makes them slow.
const emails = /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}/g;
const phones = /\+?\d[\d ()-]{7,18}\d/g;
const quoted = /"[^"]{0,1000}"|'[^']{0,1000}'|\([^()]{0,1000}\)=\([^()]{0,1000}\)/g;
const keys = /\bamb_live_\w+|\b(?:Bearer|Basic)\s+\S+/gi;
const credentials = /(\w+:\/\/)[^\s/@]+@/g;

/**
 * A message for the log without what belongs to a person or opens a door: values that libraries
 * quote, mailboxes, numbers, keys and passwords in addresses are blanked.
 */
export function maskText(text: string): string {
  return text
    .slice(0, 2000)
    .replace(credentials, '$1***@')
    .replace(keys, '***')
    .replace(emails, '***')
    .replace(phones, '***')
    .replace(quoted, '***');
}
