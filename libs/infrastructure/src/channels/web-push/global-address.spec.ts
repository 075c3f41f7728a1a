import { describe, expect, test } from '@jest/globals';
import { globalLookup, isGlobalAddress } from './global-address.js';

describe('only addresses of the public internet are called', () => {
  test.each(['8.8.8.8', '142.250.78.10', '2607:f8b0:4008:80b::200a', '2a00:1450:4001::1'])(
    '%s is one',
    (address) => expect(isGlobalAddress(address)).toBe(true),
  );

  test.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '127.255.255.254',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '198.18.0.1',
    '203.0.113.5',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    'fc00::1',
    'fd12:3456::1',
    'fe80::1',
    'ff02::1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '64:ff9b::7f00:1',
    '2001:db8::1',
    '2001::1',
    '2002:7f00:1::1',
    '100::1',
    'localhost',
    '',
  ])('%j is none', (address) => {
    expect(isGlobalAddress(address)).toBe(false);
  });

  test('a name that leads to this machine is refused before anything connects', async () => {
    const error = await new Promise((resolve) => {
      globalLookup('localhost', { all: true }, resolve);
    });
    expect(error).toMatchObject({ code: 'ADDRESS_NOT_GLOBAL' });
  });
});
