import { hkdfSync } from 'node:crypto';
import { CompactEncrypt, compactDecrypt } from 'jose';

/** Thrown when a sealed text was made with another key, for another purpose, or was altered. */
export class SealBroken extends Error {}

/**
 * Encrypts a text that is kept in the database (JWE, RFC 7516; AES-256-GCM under a key derived
 * from SECRET_KEY).
 *
 * @param purpose what the text belongs to, such as a row's key; sealed in, so that a text copied
 *   to another row does not open there
 */
export function seal(secretKey: string, purpose: string, text: string): Promise<string> {
  return new CompactEncrypt(new TextEncoder().encode(text))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', purpose })
    .encrypt(keyFrom(secretKey));
}

/**
 * The text that was sealed. Throws {@link SealBroken}.
 *
 * @param secretKeys the one in force and, while it is being replaced, the one before
 */
export async function unseal(
  secretKeys: readonly string[],
  purpose: string,
  sealed: string,
): Promise<string> {
  for (const secretKey of secretKeys) {
    const opened = await compactDecrypt(sealed, keyFrom(secretKey)).catch(() => undefined);
    if (opened?.protectedHeader.purpose === purpose) {
      return new TextDecoder().decode(opened.plaintext);
    }
  }
  throw new SealBroken('sealed with another SECRET_KEY, or for something else');
}

function keyFrom(secretKey: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secretKey, '', 'ambacar sealed text', 32));
}
