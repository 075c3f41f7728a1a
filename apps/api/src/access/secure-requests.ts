import type { IncomingMessage } from 'node:http';
import proxyAddr from '@fastify/proxy-addr';

/**
 * Tells whether a browser speaks to us by HTTPS: a proxy that is trusted says so in
 * `X-Forwarded-Proto`, or the browser itself in the `Origin` of what it sends.
 */
export function secureRequests(
  trustedProxies: readonly string[],
): (request: IncomingMessage) => boolean {
  const isTrusted = proxyAddr.compile([...trustedProxies]);
  return ({ headers, socket }) => {
    const told = [headers['x-forwarded-proto']].flat()[0]?.split(',', 1)[0]?.trim();
    if (told === 'https' && isTrusted(socket.remoteAddress ?? '', 0)) return true;
    return headers.origin?.startsWith('https://') ?? false;
  };
}

export type SecureRequests = ReturnType<typeof secureRequests>;
export const SECURE_REQUESTS = Symbol('secure requests');
