import { SignedIds } from '../../secrets/signed-id.js';

/**
 * Envelope senders that name the mail they belong to (VERP): a server that returns a mail writes
 * to `rebotes+<id>.<signature>@example.com`. The signature keeps anybody who knows the mailbox
 * from calling somebody's address wrong. Hexadecimal, because servers may change the case of a
 * local part; 50 characters beside the mailbox' own, of the 64 that RFC 5321 section 4.5.3.1.1
 * allows.
 */
export class BounceAddresses {
  private readonly signed: SignedIds;
  private readonly form: RegExp;
  private readonly local: string;
  private readonly domain: string;

  /**
   * @param mailbox such as `rebotes@example.com`, whose server takes `rebotes+anything` for it
   * @param secretKeys the one in force and, while it is being replaced, the one before
   */
  constructor(mailbox: string, secretKeys: readonly string[]) {
    this.signed = new SignedIds(secretKeys, 'ambacar bounce address', 8);
    const at = mailbox.lastIndexOf('@');
    this.local = mailbox.slice(0, at);
    this.domain = mailbox.slice(at + 1);
    const [local, domain] = [this.local, this.domain].map(literally);
    this.form = new RegExp(`${local}\\+([0-9a-f]{32})\\.([0-9a-f]{16})@${domain}`, 'gi');
  }

  /** @param messageId a UUID */
  addressFor(messageId: string): string {
    const signature = this.signed.sign(messageId).toString('hex');
    return `${this.local}+${messageId.replaceAll('-', '')}.${signature}@${this.domain}`;
  }

  /** The message whose address stands in a text and was made here; null when none does. */
  messageIn(text: string): string | null {
    for (const [, digits = '', signature = ''] of text.matchAll(this.form)) {
      const id = digits
        .toLowerCase()
        .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
      if (this.signed.isSigned(id, Buffer.from(signature, 'hex'))) return id;
    }
    return null;
  }
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
