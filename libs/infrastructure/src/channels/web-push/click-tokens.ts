import { SignedIds } from '../../secrets/signed-id.js';

/**
 * What travels in a push message and comes back when it is clicked. It names the message and is
 * signed, so that who holds it has had the message: 43 characters of base64url.
 */
export class ClickTokens {
  private readonly signed: SignedIds;

  /** @param vapidPrivateKey which push cannot be without, and which is never replaced */
  constructor(vapidPrivateKey: string) {
    this.signed = new SignedIds([vapidPrivateKey], 'ambacar push click', 16);
  }

  /** @param messageId a UUID */
  make(messageId: string): string {
    const id = Buffer.from(messageId.replaceAll('-', ''), 'hex');
    return Buffer.concat([id, this.signed.sign(messageId)]).toString('base64url');
  }

  /** The message that a token was made for; null for one that was not made here. */
  read(token: string): string | null {
    const bytes = Buffer.from(token, 'base64url');
    if (bytes.length !== 32) return null;
    const digits = bytes.toString('hex', 0, 16);
    const id = digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
    return this.signed.isSigned(id, bytes.subarray(16)) ? id : null;
  }
}
