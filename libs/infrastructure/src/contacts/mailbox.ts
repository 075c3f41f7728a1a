import { domainToASCII } from 'node:url';

/**
 * Whether the text is one plain mailbox, `local@domain`. Stricter than RFC 5321 on purpose:
 * quoted local parts, comments, lists and angle brackets are what turned one recipient into
 * another in mail libraries, and nobody's real address needs them. A domain in another script is
 * taken; a local part outside ASCII is not, since most servers refuse it (RFC 6531).
 */
export function isMailbox(text: string): boolean {
  if (text.length > 254) return false;
  const parts = text.split('@');
  if (parts.length !== 2) return false;
  const [local = '', domain = ''] = parts;
  return isLocalPart(local) && isDomain(domain);
}

function isLocalPart(local: string): boolean {
  if (local.length > 64) return false;
  // RFC 5321 section 4.1.2, Dot-string.
  return /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/.test(local);
}

function isDomain(domain: string): boolean {
  if (!/^[\p{L}\p{M}\p{N}.-]+$/u.test(domain)) return false;
  const ascii = domainToASCII(domain);
  if (ascii.length === 0 || ascii.length > 253) return false;
  const labels = ascii.split('.');
  if (labels.length < 2 || /^\d+$/.test(labels.at(-1) ?? '')) return false;
  return labels.every((label) => /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i.test(label));
}
