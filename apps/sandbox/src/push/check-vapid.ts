import { importJWK, type JWTPayload, jwtVerify } from 'jose';

export type VapidCheck =
  | { ok: true; publicKey: string }
  | { ok: false; status: 401 | 403; reason: string };

const dayInSeconds = 86_400;

/**
 * Checks the `Authorization` header of RFC 8292: scheme, form of the key, ES256 signature,
 * audience, expiry at most a day ahead, contact. Tokens once found good are remembered until
 * they expire, as push services do (section 5).
 */
export class VapidChecker {
  private readonly good = new Map<string, { publicKey: string; expiresAt: number }>();

  /** @param audience origin of the push service */
  constructor(private readonly audience: string) {}

  async check(authorization: string | undefined): Promise<VapidCheck> {
    if (!authorization) return { ok: false, status: 401, reason: 'MissingAuthorization' };
    const now = Date.now() / 1000;
    const known = this.good.get(authorization);
    if (known && known.expiresAt > now) return { ok: true, publicKey: known.publicKey };
    const parts = /^vapid\s+t=([\w-]+\.[\w-]+\.[\w-]+),\s*k=([\w-]{87})$/i.exec(authorization);
    const [, token, publicKey] = parts ?? [];
    if (!token || !publicKey) return { ok: false, status: 403, reason: 'BadAuthorizationHeader' };
    const payload = await this.verify(token, publicKey);
    if (!payload?.exp || payload.exp > now + dayInSeconds || !isContact(payload.sub)) {
      return { ok: false, status: 403, reason: 'BadJwtToken' };
    }
    if (this.good.size > 1000) this.good.clear();
    this.good.set(authorization, { publicKey, expiresAt: payload.exp });
    return { ok: true, publicKey };
  }

  private async verify(token: string, publicKey: string): Promise<JWTPayload | null> {
    const point = Buffer.from(publicKey, 'base64url');
    try {
      const key = await importJWK({
        kty: 'EC',
        alg: 'ES256',
        crv: 'P-256',
        x: point.subarray(1, 33).toString('base64url'),
        y: point.subarray(33).toString('base64url'),
      });
      const options = { algorithms: ['ES256'], audience: this.audience };
      return (await jwtVerify(token, key, options)).payload;
    } catch {
      return null;
    }
  }
}

function isContact(subject: string | undefined): boolean {
  return (
    subject !== undefined &&
    /^(?:mailto:[^\s<>@]+@[^\s<>@]+\.[^\s<>@]+|https:\/\/\S+)$/.test(subject)
  );
}
