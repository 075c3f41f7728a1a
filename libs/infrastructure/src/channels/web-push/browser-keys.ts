import { ECDH } from 'node:crypto';

/** A browser's keys as they are kept: base64url without padding. */
export interface BrowserKeys {
  p256dh: string;
  auth: string;
}

/** What is wrong with each key; empty when both can be used. */
export type BrowserKeyFaults = { [Key in keyof BrowserKeys]?: string };

/**
 * Checks the keys of a subscription (RFC 8291 sections 2.1 and 3.2), so that what cannot be
 * encrypted for is refused while somebody is there to hear of it. Padding is taken and dropped.
 */
export function checkBrowserKeys(
  given: BrowserKeys,
): { ok: true; keys: BrowserKeys } | { ok: false; faults: BrowserKeyFaults } {
  const faults: BrowserKeyFaults = {};
  const p256dh = bytesOf(given.p256dh);
  const auth = bytesOf(given.auth);
  if (!p256dh) faults.p256dh = 'is not base64url';
  else if (p256dh.length !== 65 || p256dh[0] !== 4) {
    faults.p256dh = 'must be a P-256 point of 65 bytes that begins with 0x04';
  } else if (!isOnCurve(p256dh)) faults.p256dh = 'is no point of the curve P-256';
  if (!auth) faults.auth = 'is not base64url';
  else if (auth.length !== 16) faults.auth = 'must be 16 bytes';
  if (!p256dh || !auth || Object.keys(faults).length > 0) return { ok: false, faults };
  const keys = { p256dh: p256dh.toString('base64url'), auth: auth.toString('base64url') };
  return { ok: true, keys };
}

function bytesOf(text: string): Buffer | undefined {
  return /^[\w-]+={0,2}$/.test(text) ? Buffer.from(text, 'base64url') : undefined;
}

function isOnCurve(point: Buffer): boolean {
  try {
    ECDH.convertKey(point, 'prime256v1');
    return true;
  } catch {
    return false;
  }
}
