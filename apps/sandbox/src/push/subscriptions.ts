import { createECDH, createHash, createHmac, type ECDH, randomBytes } from 'node:crypto';

export interface Subscription {
  token: string;
  /** The browser's half: what decrypts. */
  keys: ECDH;
  auth: string;
  /** Digest of the VAPID key that it was made for; null: any key may use it. */
  boundTo: string | null;
}

export type Found =
  | { state: 'live'; subscription: Subscription }
  | { state: 'unknown' }
  | { state: 'expired' };

/**
 * Browsers that asked to be told. A subscription is made out of its token and the sandbox's
 * secret alone, so that it goes on working after a restart without being kept anywhere; only
 * expired ones are remembered.
 */
export class Subscriptions {
  private readonly expired: Set<string>;
  private readonly live = new Map<string, Subscription>();

  constructor(
    private readonly secret: Buffer,
    expired: Iterable<string> = [],
    private readonly keepExpired: (tokens: string[]) => void = () => undefined,
  ) {
    this.expired = new Set(expired);
  }

  /** @param vapidPublicKey base64url; with it, other keys are answered 403 */
  create(vapidPublicKey: string | null): Subscription {
    const binding = vapidPublicKey ? keyDigest(vapidPublicKey) : 'any';
    const name = `${randomBytes(16).toString('base64url')}.${binding}`;
    return this.derive(`${name}.${this.seal(name)}`, binding);
  }

  find(token: string): Found {
    if (this.expired.has(token)) return { state: 'expired' };
    const kept = this.live.get(token);
    if (kept) return { state: 'live', subscription: kept };
    const [random, binding, seal] = token.split('.');
    if (!random || !binding || !seal || seal !== this.seal(`${random}.${binding}`)) {
      return { state: 'unknown' };
    }
    return { state: 'live', subscription: this.derive(token, binding) };
  }

  /** From now on the subscription is answered 410. False when there is none. */
  expire(token: string): boolean {
    if (this.find(token).state !== 'live') return false;
    this.expired.add(token);
    this.live.delete(token);
    this.keepExpired([...this.expired]);
    return true;
  }

  private derive(token: string, binding: string): Subscription {
    const keys = createECDH('prime256v1');
    keys.setPrivateKey(this.mac(`private key of ${token}`));
    const auth = this.mac(`secret of ${token}`).subarray(0, 16).toString('base64url');
    const boundTo = binding === 'any' ? null : binding;
    const subscription = { token, keys, auth, boundTo };
    if (this.live.size >= 10_000) this.live.clear();
    this.live.set(token, subscription);
    return subscription;
  }

  private seal(name: string): string {
    return this.mac(`seal of ${name}`).subarray(0, 12).toString('base64url');
  }

  private mac(text: string): Buffer {
    return createHmac('sha256', this.secret).update(text).digest();
  }
}

/** How a subscription names the VAPID key that it is for. */
export function keyDigest(vapidPublicKey: string): string {
  return createHash('sha256').update(vapidPublicKey).digest('base64url').slice(0, 16);
}
