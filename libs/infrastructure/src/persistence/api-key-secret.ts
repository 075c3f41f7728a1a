import { hash as digest, randomBytes } from 'node:crypto';

const start = 'amb_live_';
const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** Digits that 32 bytes need in base 62. */
const length = 43;

/** The form of every key, for a look before the hash is made. */
export const apiKeyForm = /^amb_live_[0-9A-Za-z]{43}$/;

/** A new key of 256 random bits, with what may be kept of it. */
export function makeApiKey(): { key: string; prefix: string; hash: Buffer } {
  const key = start + toBase62(randomBytes(32));
  return { key, prefix: key.slice(0, start.length + 4), hash: hashApiKey(key) };
}

/** Plain SHA-256, for nobody guesses 256 bits; a slow hash would cost each request its time. */
export function hashApiKey(key: string): Buffer {
  return digest('sha256', key, 'buffer');
}

function toBase62(bytes: Buffer): string {
  let rest = BigInt(`0x${bytes.toString('hex')}`);
  let text = '';
  for (let place = 0; place < length; place += 1) {
    text = digits.charAt(Number(rest % 62n)) + text;
    rest /= 62n;
  }
  return text;
}
