import { type IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type WebSocket, WebSocketServer } from 'ws';
import { Problem } from '../http/problem.js';

/** Clients say nothing that matters. */
const largestMessage = 1024;

const server = new WebSocketServer({
  noServer: true,
  clientTracking: false,
  maxPayload: largestMessage,
  perMessageDeflate: false,
});

/** What asks for an upgrade, by the request that does. */
const upgrading = new WeakMap<IncomingMessage, { socket: Duplex; head: Buffer }>();

/**
 * Lets requests for an upgrade take the road of all others: hosts, callers, rate limits and guards
 * are the same, and a refusal is answered as any. A route that wants the socket takes it.
 */
export function routeUpgrades(fastify: FastifyInstance): void {
  fastify.server.on('upgrade', (request, socket, head) => {
    upgrading.set(request, { socket, head });
    // Node leaves the socket to whoever listens; what happens to it is told by 'close'.
    socket.on('error', () => undefined);
    const response = new ServerResponse(request);
    response.shouldKeepAlive = false;
    response.assignSocket(socket as ConstructorParameters<typeof ServerResponse>[0]['socket']);
    // Node has no timer for such a socket, and whoever never hangs up would hold up our stop.
    response.on('finish', () => socket.end(() => socket.destroy()));
    fastify.routing(request, response);
  });
}

/** The request's socket as a WebSocket. Without an upgrade a 426 (RFC 9110, section 15.5.22). */
export async function takeSocket(
  { raw, headers }: FastifyRequest,
  reply: FastifyReply,
): Promise<WebSocket> {
  const asked = upgrading.get(raw);
  const isWebSocket = headers.upgrade?.toLowerCase() === 'websocket';
  if (!asked || !isWebSocket || !isHandshake(raw)) {
    throw new Problem('upgrade_required', {
      headers: { upgrade: 'websocket', connection: 'Upgrade' },
    });
  }
  reply.hijack();
  reply.raw.detachSocket(raw.socket);
  return new Promise((resolve) => {
    server.handleUpgrade(raw, asked.socket, asked.head, resolve);
  });
}

/** What `ws` would else refuse by itself, in an answer without our form (RFC 6455, section 4.2.1). */
function isHandshake({ headers, method }: IncomingMessage): boolean {
  const key = headers['sec-websocket-key'] ?? '';
  const isVersion = headers['sec-websocket-version'] === '13';
  return method === 'GET' && isVersion && /^[+/0-9A-Za-z]{22}==$/.test(key);
}
