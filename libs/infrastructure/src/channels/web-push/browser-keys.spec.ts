import { createECDH, randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { checkBrowserKeys } from './browser-keys.js';

const point = () => createECDH('prime256v1').generateKeys();
const good = { p256dh: point().toString('base64url'), auth: randomBytes(16).toString('base64url') };

describe("a browser's keys", () => {
  test('are kept as they come', () => {
    expect(checkBrowserKeys(good)).toEqual({ ok: true, keys: good });
  });

  test('lose the padding that base64url does not need', () => {
    const padded = { p256dh: `${good.p256dh}=`, auth: `${good.auth}==` };
    expect(checkBrowserKeys(padded)).toEqual({ ok: true, keys: good });
  });

  const compressed = createECDH('prime256v1').generateKeys('base64url', 'compressed');
  const offCurve = Buffer.concat([Buffer.of(4), Buffer.alloc(64, 7)]).toString('base64url');
  const otherForm = point();
  otherForm[0] = 6;
  test.each([
    ['p256dh', 'nothing', ''],
    ['p256dh', 'plain base64', Buffer.from('++//++//').toString('base64').concat('+/')],
    ['p256dh', 'a compressed point', compressed],
    ['p256dh', 'a point of another form', otherForm.toString('base64url')],
    ['p256dh', 'a point off the curve', offCurve],
    ['p256dh', 'the point at infinity', 'AA'],
    ['auth', 'nothing', ''],
    ['auth', '15 bytes', randomBytes(15).toString('base64url')],
    ['auth', '17 bytes', randomBytes(17).toString('base64url')],
    ['auth', 'a text with spaces', `${good.auth.slice(0, -1)} `],
  ])('%s cannot be %s', (name, _, value) => {
    const check = checkBrowserKeys({ ...good, [name]: value });
    expect(check).toEqual({ ok: false, faults: { [name]: expect.any(String) } });
  });
});
