import { createHmac, hkdfSync } from 'node:crypto';

/** A customer or a vehicle, by the core system's own id. */
export interface NamedThing {
  kind: 'customer' | 'vehicle';
  id: string;
}

/**
 * Hashes by which things that were erased are known again when somebody names them: HMAC-SHA256
 * (RFC 2104) under keys derived from SECRET_KEY. A plain hash would tell an id like `customer-001`
 * to whoever tries them all.
 */
export class IdHashes {
  private readonly keys: Uint8Array[];

  /**
   * @param secretKeys the one in force and, while it is being replaced, the one before. None in
   *   development alone, where what is erased can be guessed.
   */
  constructor(secretKeys: readonly string[]) {
    const given = secretKeys.length > 0 ? secretKeys : [''];
    this.keys = given.map(
      (key) => new Uint8Array(hkdfSync('sha256', key, '', 'ambacar erased records', 32)),
    );
  }

  /** Under the key in force. */
  of(thing: NamedThing): Buffer {
    const [hash] = this.anyOf(thing);
    if (!hash) throw new Error('there is always a key');
    return hash;
  }

  /** Under each of the keys: what an erasure before a change of the key may have written. */
  anyOf({ kind, id }: NamedThing): Buffer[] {
    return this.keys.map((key) => createHmac('sha256', key).update(`${kind}\0${id}`).digest());
  }
}
