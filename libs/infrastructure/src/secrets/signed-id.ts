import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

/**
 * Signs ids that leave the house and come back, so that nobody can make up one. A signature is an
 * HMAC-SHA256, cut to the bytes wanted.
 */
export class SignedIds {
  private readonly keys: readonly Buffer[];

  /**
   * @param secrets the one that signs and, while it is being replaced, the one before
   * @param purpose so that an id signed for one thing is none for another
   * @param bytes of the signature
   */
  constructor(
    secrets: readonly string[],
    purpose: string,
    private readonly bytes: number,
  ) {
    this.keys = secrets.map((secret) => Buffer.from(hkdfSync('sha256', secret, '', purpose, 32)));
  }

  /** Throws where there is no secret to sign with. */
  sign(id: string): Buffer {
    const [key] = this.keys;
    if (!key) throw new Error('there is no secret to sign with');
    return this.signatureOf(id, key);
  }

  /** Takes the same time for every signature of the right length. */
  isSigned(id: string, signature: Buffer): boolean {
    if (signature.length !== this.bytes) return false;
    return this.keys
      .map((key) => timingSafeEqual(this.signatureOf(id, key), signature))
      .includes(true);
  }

  private signatureOf(id: string, key: Buffer): Buffer {
    return createHmac('sha256', key).update(id).digest().subarray(0, this.bytes);
  }
}
