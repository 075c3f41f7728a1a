import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { expect, test } from '@jest/globals';
import { clientAddresses, networkOf } from './client-address.js';

function requestFrom(address: string, forwardedFor?: string): IncomingMessage {
  const socket = new Socket();
  Object.defineProperty(socket, 'remoteAddress', { value: address });
  const request = new IncomingMessage(socket);
  if (forwardedFor !== undefined) request.headers['x-forwarded-for'] = forwardedFor;
  return request;
}

test('nobody says by a header that they call from elsewhere', () => {
  expect(clientAddresses([])(requestFrom('192.0.2.1', '198.51.100.7'))).toBe('192.0.2.1');
  const behind = clientAddresses(['10.0.0.0/8']);
  expect(behind(requestFrom('192.0.2.1', '198.51.100.7'))).toBe('192.0.2.1');
});

test('behind trusted proxies it is the first address that is none of them', () => {
  const addressOf = clientAddresses(['10.0.0.0/8', 'loopback']);
  expect(addressOf(requestFrom('10.0.0.9', '203.0.113.5, 198.51.100.7, 10.1.2.3'))).toBe(
    '198.51.100.7',
  );
  expect(addressOf(requestFrom('::ffff:127.0.0.1', '198.51.100.7'))).toBe('198.51.100.7');
  expect(addressOf(requestFrom('10.0.0.9'))).toBe('10.0.0.9');
});

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:DB8:1:2::9', '2001:db8:1:2::/64'],
  ['2001:db8::9', '2001:db8:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['unknown', 'unknown'],
])('%s is of %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});
