import type { IncomingMessage } from 'node:http';
import proxyAddr from '@fastify/proxy-addr';

/**
 * Reads where a request comes from: the socket's other end, or, behind proxies that are trusted,
 * the last address in `X-Forwarded-For` that none of them is.
 */
export function clientAddresses(
  trustedProxies: readonly string[],
): (request: IncomingMessage) => string {
  const isTrusted = proxyAddr.compile([...trustedProxies]);
  return (request) => networkOf(proxyAddr(request, isTrusted) ?? 'unknown');
}

/**
 * What one client holds: an IPv4 address, or the 64 bits of IPv6 that a subscriber is given
 * (RFC 6177), of which it may call from any.
 */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped || !address.includes(':')) return mapped ?? address;
  const [start = '', end] = address.toLowerCase().split('%', 1)[0]?.split('::') ?? [];
  const head = start === '' ? [] : start.split(':');
  const tail = end ? end.split(':') : [];
  const zeros = Array.from({ length: 8 - head.length - tail.length }, () => '0');
  return `${[...head, ...zeros, ...tail].slice(0, 4).join(':')}::/64`;
}
