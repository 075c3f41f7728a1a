/** The part of http_ece 1.2.1 that the push service uses; the package brings no types. */
declare module 'http_ece' {
  import type { ECDH } from 'node:crypto';

  /** Decrypts an `aes128gcm` body (RFC 8188) for a receiver of RFC 8291. Throws when it is none. */
  export function decrypt(
    body: Buffer,
    parameters: { version: 'aes128gcm'; privateKey: ECDH; authSecret: string },
  ): Buffer;
}
