import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { checkEndpoint } from './endpoint-guard.js';

const rules = {
  endpointHosts: [
    'fcm.googleapis.com',
    'push.services.mozilla.com',
    '.notify.windows.com',
    'push.apple.com',
  ],
  trustedOrigins: ['http://127.0.0.1:8025', 'https://push.interno.example:8443'],
};

describe('an endpoint of a push service passes', () => {
  test.each([
    ['https://fcm.googleapis.com/fcm/send/abc:def', 'https://fcm.googleapis.com/fcm/send/abc:def'],
    ['https://updates.push.services.mozilla.com/wpush/v2/g', undefined],
    ['https://wns2-db5p.notify.windows.com/w/?token=A%2b', undefined],
    ['https://web.push.apple.com/Q', undefined],
    ['https://FCM.googleapis.com:443/x', 'https://fcm.googleapis.com/x'],
  ])('%s', (raw, href = raw) => {
    expect(checkEndpoint(raw, rules)).toMatchObject({ ok: true, href, trusted: false });
  });
});

describe('an origin that the operator named passes as it is', () => {
  test.each(['http://127.0.0.1:8025/push/a.b-c', 'https://push.interno.example:8443/x'])(
    '%s',
    (raw) => {
      expect(checkEndpoint(raw, rules)).toMatchObject({ ok: true, href: raw, trusted: true });
    },
  );

  test.each([
    'http://127.0.0.1:8026/push/a',
    'https://127.0.0.1:8025/push/a',
    'http://127.0.0.1/push/a',
    'http://localhost:8025/push/a',
    'http://127.0.0.1:8025@evil.example/push/a',
    'http://user@127.0.0.1:8025/push/a',
    'http://127.0.0.1:8025.evil.example/push/a',
    'http://push.interno.example:8443/x',
  ])('but not %s', (raw) => {
    expect(checkEndpoint(raw, rules).ok).toBe(false);
  });
});

describe('everything else is refused', () => {
  test.each([
    '',
    'fcm.googleapis.com',
    '//fcm.googleapis.com/x',
    'https:fcm.googleapis.com/x',
    'https:/fcm.googleapis.com/x',
    'https:\\\\fcm.googleapis.com\\x',
    'https://fcm.googleapis.com\\@evil.example/x',
    'http://fcm.googleapis.com/x',
    'ftp://fcm.googleapis.com/x',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'https://fcm.googleapis.com:8443/x',
    'https://fcm.googleapis.com/x#y',
    'https://fcm.googleapis.com/x#',
    'https://user:secret@fcm.googleapis.com/x',
    'https://fcm.googleapis.com@evil.example/x',
    'https://evil.example/fcm.googleapis.com',
    'https://evilfcm.googleapis.com.evil.example/x',
    'https://evil-push.apple.com/x',
    'https://push.apple.com.evil.example/x',
    'https://fcm.googleapis.com./x',
    "https://127.0.0.1'.push.apple.com/w",
    'https://127.0.0.1".push.apple.com/w',
    'https://127.0.0.1;.push.apple.com/w',
    'https://127.0.0.1`.push.apple.com/w',
    'https://127.0.0.1{.push.apple.com/w',
    'https://127.0.0.1}.push.apple.com/w',
    'https://a_b.push.apple.com/w',
    'https://%31%32%37.0.0.1/x',
    'https://127.0.0.1/x',
    'https://2130706433/x',
    'https://0x7f.1/x',
    'https://[::1]/x',
    'https://[::ffff:127.0.0.1]/x',
    'https://169.254.169.254/latest/meta-data/',
    'https://localhost/x',
    'https://fcm.googleapis.com/\r\nHost: evil.example',
    'https://fcm.googleapis.com/\u0000',
    ' https://fcm.googleapis.com/x',
    'https://fcm.googleapis.com/x y',
    'https://ｆcm.googleapis.com/x',
    'https://fcm。googleapis。com/x',
    `https://fcm.googleapis.com/${'a'.repeat(2048)}`,
  ])('%j', (raw) => {
    expect(checkEndpoint(raw, rules).ok).toBe(false);
  });

  test('no character slipped in anywhere makes another host pass', () => {
    const characters = fc.string({ unit: 'binary', maxLength: 3 });
    const places = fc.constantFrom<[string, string]>(
      ['https://', '127.0.0.1.push.apple.com/w'],
      ['https://127.0.0.1', '.push.apple.com/w'],
      ['https://127.0.0.1', 'push.apple.com/w'],
      ['https://evil.example', 'push.apple.com'],
      ['https:', '//push.apple.com/w'],
    );
    fc.assert(
      fc.property(places, characters, ([before, after], inserted) => {
        const check = checkEndpoint(before + inserted + after, rules);
        if (!check.ok) return;
        const { hostname } = new URL(check.href);
        expect(hostname).toMatch(/^(?:[a-z0-9-]+\.)*push\.apple\.com$/);
        // The parser that the web-push library uses must see the very same host.
        expect(check.href.startsWith(`https://${hostname}/`)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
