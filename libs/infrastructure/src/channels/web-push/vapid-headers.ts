import webPush from 'web-push';

export interface VapidIdentity {
  publicKey: string;
  privateKey: string;
  /** `mailto:` or `https:` address at which a push service reaches us. */
  subject: string;
}

const hourMs = 3_600_000;
const renewAfterMs = 6 * hourMs;
const validForSeconds = 12 * 3600;
/** Push services are a handful; more origins than this are somebody's experiment. */
const maximumOrigins = 64;

/**
 * The `Authorization` header of RFC 8292, signed once for each push service and used for six
 * hours. Signing anew took 1.2 ms of CPU a message where the rest takes 0.4, and Apple asks for
 * no more than one token an hour.
 */
export class VapidHeaders {
  private readonly byOrigin = new Map<string, { header: string; signedAt: number }>();

  constructor(private readonly identity: VapidIdentity) {}

  /** @param origin of the endpoint, such as `https://fcm.googleapis.com` */
  for(origin: string, now: number = Date.now()): string {
    const cached = this.byOrigin.get(origin);
    // A clock that was set back would make the token one from the future.
    if (cached && now >= cached.signedAt && now - cached.signedAt < renewAfterMs) {
      return cached.header;
    }
    const { subject, publicKey, privateKey } = this.identity;
    const expiresAt = Math.floor(now / 1000) + validForSeconds;
    const signed = webPush.getVapidHeaders(
      origin,
      subject,
      publicKey,
      privateKey,
      'aes128gcm',
      expiresAt,
    );
    if (this.byOrigin.size >= maximumOrigins) this.byOrigin.clear();
    this.byOrigin.set(origin, { header: signed.Authorization, signedAt: now });
    return signed.Authorization;
  }
}
