import { expect, test } from '@jest/globals';
import { createLocalJWKSet, jwtVerify } from 'jose';
import webPush from 'web-push';
import { VapidHeaders } from './vapid-headers.js';

const keys = webPush.generateVAPIDKeys();
const hourMs = 3_600_000;

function headers() {
  return new VapidHeaders({ ...keys, subject: 'mailto:avisos@example.com' });
}

test('the token names the push service and us, and lasts twelve hours', async () => {
  const now = Date.now();
  const header = headers().for('https://fcm.googleapis.com', now);
  const [, token = '', key = ''] = /^vapid t=(\S+), k=(\S+)$/.exec(header) ?? [];
  expect(key).toBe(keys.publicKey);
  const point = Buffer.from(key, 'base64url');
  const keySet = createLocalJWKSet({
    keys: [
      {
        kty: 'EC',
        crv: 'P-256',
        alg: 'ES256',
        x: point.subarray(1, 33).toString('base64url'),
        y: point.subarray(33).toString('base64url'),
      },
    ],
  });
  const { payload } = await jwtVerify(token, keySet, { audience: 'https://fcm.googleapis.com' });
  expect(payload.sub).toBe('mailto:avisos@example.com');
  expect(payload.exp).toBe(Math.floor(now / 1000) + 12 * 3600);
});

test('one token serves six hours, another service gets another', () => {
  const now = Date.now();
  const cache = headers();
  const first = cache.for('https://a.example', now);
  expect(cache.for('https://a.example', now + 6 * hourMs - 1)).toBe(first);
  expect(cache.for('https://b.example', now)).not.toBe(first);
  expect(cache.for('https://a.example', now + 6 * hourMs)).not.toBe(first);
});

test('a clock that is set back does not keep a token from the future', () => {
  const now = Date.now();
  const cache = headers();
  const first = cache.for('https://a.example', now);
  expect(cache.for('https://a.example', now - hourMs)).not.toBe(first);
});
